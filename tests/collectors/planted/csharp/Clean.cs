using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;

namespace Planted
{
    // The correct forms of what is planted beside, and what only looks like it.
    public class Clean
    {
        private const string PasswordHelp = "at least 12 characters";
        private string passwordField = "password";
        private readonly object gate = new object();
        private string name;
        private int count;

        public string Name
        {
            get { return name; }
            set { this.name = value; }
        }

        public int Count => count;

        public bool IsNaN(double x) => x != x;

        public bool Kinds(string s) => s != "invoice" && s != "receipt";

        public bool Either(int n) => n == 1 || n == 2 || n > 10 || n < 0;

        public bool Guarded(string s) => s != null && s.Length > 0;

        public bool Guarded2(string s) => s == null || s.Length > 0;

        public int Length(string s)
        {
            if (s == null)
            {
                s = "";
            }
            return s.Length;
        }

        public Clean(string name)
        {
            this.name = name;
        }

        public void Swallow(string path)
        {
            try
            {
                System.IO.File.Delete(path);
            }
            catch (System.IO.IOException)
            {
                // somebody else deletes it too
            }
            catch (Exception ex)
            {
                Console.WriteLine(ex);
                throw;
            }
        }

        public void Wrap(string path)
        {
            try
            {
                System.IO.File.Delete(path);
            }
            catch (System.IO.IOException ex)
            {
                throw new InvalidOperationException("cannot delete", ex);
            }
        }

        public void Enter()
        {
            Monitor.Enter(gate);
            try
            {
                count++;
            }
            finally
            {
                Monitor.Exit(gate);
            }
            lock (gate)
            {
                count--;
            }
        }

        public async Task Save()
        {
            await Task.Delay(10);
        }

        private async void OnClick(object sender, EventArgs e)
        {
            await Save();
        }

        public string Format(string a, params object[] args)
        {
            var trimmed = a.Trim();
            return string.Format("{0} of {1:N2} {{x}}", a, trimmed) + string.Format("{0} {1}", args);
        }

        public int Recurse(int n)
        {
            if (n < 2)
            {
                return 1;
            }
            return n * Recurse(n - 1);
        }

        public int Sum(int n) => n == 0 ? 0 : n + Sum(n - 1);

        public int Sum(string text) => Sum(int.Parse(text));

        public void Remove(List<string> names)
        {
            foreach (var name in names.ToList())
            {
                names.Remove(name);
            }
            foreach (var name in names)
            {
                if (name == "")
                {
                    names.Remove(name);
                    break;
                }
            }
        }

        public void Loops(int n, int[] xs)
        {
            for (int i = xs.Length - 1; i >= 0; i--)
            {
                Console.WriteLine(xs[i]);
            }
            for (int i = 1; i <= xs.Length; i++)
            {
                Console.WriteLine(xs[i - 1]);
            }
            while (n > 0)
            {
                n--;
            }
            while (count > 0)
            {
                Thread.Sleep(1);
            }
        }

        private readonly Dictionary<string, int> codes = new Dictionary<string, int>
        {
            { "a", 1 },
            { "b", 1 },
        };

        private readonly List<int[]> pairs = new List<int[]> { new[] { 1, 2 }, new[] { 1, 2 } };

        public string Find(string table)
        {
            const string Columns = "id, name";
            return "SELECT " + Columns + " FROM users WHERE name = @name";
        }

        public string Message(string file)
        {
            return "Select a line from the list and update " + file;
        }

        public byte[] Hash(byte[] data) => SHA256.Create().ComputeHash(data);

        public string Token() => Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

        public override bool Equals(object other) => other is Clean clean && clean.count == count;

        public override int GetHashCode() => count;
    }
}
