using System;
using System.Data.SqlClient;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Reflection;
using System.Runtime.Serialization.Formatters.Binary;
using System.Security.Cryptography;
using System.Web;
using System.Web.Mvc;
using System.Xml;

namespace Planted
{
    public class Security : Controller
    {
        private const string Password = "Sup3r-s3cret!"; // planted: password in the code
        private string connectionString = "Server=db;Database=shop;User Id=sa;Password=Pa55word;"; // planted: password in a connection string

        public SqlCommand Find(SqlConnection connection, string name)
        {
            return new SqlCommand("SELECT id FROM users WHERE name = '" + name + "'", connection); // planted: SQL concatenated
        }

        public SqlCommand Interpolated(SqlConnection connection, string name)
        {
            return new SqlCommand($"SELECT id FROM users WHERE name = '{name}'", connection); // planted: SQL interpolated
        }

        public void Text(SqlCommand command, string id)
        {
            command.CommandText = "DELETE FROM users WHERE id = " + id; // planted: SQL concatenated in CommandText
        }

        public void Formatted(SqlCommand command, string id)
        {
            command.CommandText = string.Format("DELETE FROM users WHERE id = {0}", id); // planted: SQL formatted
        }

        public void Run(string host)
        {
            Process.Start("cmd.exe", "/c ping " + host); // planted: command concatenated
        }

        public byte[] Hash(byte[] password)
        {
            return MD5.Create().ComputeHash(password); // planted: MD5
        }

        public byte[] Digest(byte[] data)
        {
            using (var sha = new SHA1Managed()) // planted: SHA-1
            {
                return sha.ComputeHash(data);
            }
        }

        public SymmetricAlgorithm Cipher()
        {
            var aes = Aes.Create();
            aes.Mode = CipherMode.ECB; // planted: ECB
            return new DESCryptoServiceProvider(); // planted: DES
        }

        public void Trust()
        {
            ServicePointManager.ServerCertificateValidationCallback = (a, b, c, d) => true; // planted: certificate not checked
            ServicePointManager.SecurityProtocol = SecurityProtocolType.Ssl3; // planted: old TLS
        }

        public string Token()
        {
            var random = new Random();
            string token = random.Next().ToString(); // planted: predictable token
            return token;
        }

        public object Load(Stream stream)
        {
            var formatter = new BinaryFormatter(); // planted: unsafe deserialisation
            return formatter.Deserialize(stream);
        }

        public void Xml(XmlReaderSettings settings)
        {
            settings.DtdProcessing = DtdProcessing.Parse; // planted: external entities
        }

        public ActionResult Go()
        {
            return Redirect(Request.QueryString["next"]); // planted: open redirect
        }

        public string Read()
        {
            return System.IO.File.ReadAllText("/srv/" + Request.QueryString["file"]); // planted: path from the request
        }

        public void Page()
        {
            Response.Write("<p>" + Request.QueryString["name"] + "</p>"); // planted: request written to the page
        }

        [ValidateInput(false)] // planted: input check disabled
        public ActionResult Post(string body)
        {
            return Content(body);
        }

        public Assembly Plug()
        {
            return Assembly.LoadFrom(Request.QueryString["plugin"]); // planted: assembly from the request
        }

        public RSA Key()
        {
            return new RSACryptoServiceProvider(1024); // planted: short key
        }

        public HttpCookie Session()
        {
            return new HttpCookie("session") { Secure = false, HttpOnly = false }; // planted: cookie without Secure
        }

        public byte[] Derive(string password)
        {
            return new Rfc2898DeriveBytes(password, new byte[8], 10).GetBytes(32); // planted: too few rounds
        }

        public string Ldap(string user)
        {
            var search = new System.DirectoryServices.DirectorySearcher();
            search.Filter = "(uid=" + user + ")"; // planted: LDAP filter concatenated
            return search.Filter;
        }
    }
}
