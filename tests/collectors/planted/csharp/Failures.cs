using System;
using System.Collections.Generic;
using System.Data.SqlClient;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Planted
{
    public class Failures : IDisposable
    {
        private readonly object gate = new object();
        private string name;

        public string Name
        {
            get { return Name; } // planted: property returns itself
            set { name = value; }
        }

        public int Age
        {
            get => 0;
            set { Age = value; } // planted: setter sets itself
        }

        public void Swallow(string path)
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception) // planted: empty handler
            {
            }
        }

        public void Lose(string path)
        {
            try
            {
                File.Delete(path);
            }
            catch (IOException ex)
            {
                throw ex; // planted: stack trace lost
            }
        }

        public void Wrap(string path)
        {
            try
            {
                File.Delete(path);
            }
            catch (IOException ex)
            {
                new InvalidOperationException("cannot delete", ex); // planted: exception not thrown
            }
        }

        public void Finally(string path)
        {
            try
            {
                File.Delete(path);
            }
            finally
            {
                throw new InvalidOperationException(); // planted: throw in finally
            }
        }

        public void NullCaught(Order order)
        {
            try
            {
                Console.WriteLine(order.Name);
            }
            catch (NullReferenceException) // planted: null reference caught
            {
                Console.WriteLine("none");
            }
        }

        public void Order(string path)
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception e) when (true) // planted: filter always true
            {
                Console.WriteLine(e.Message);
            }
        }

        public void LockThis()
        {
            lock (this) // planted: lock on this
            {
                name = "x";
            }
        }

        public void LockType()
        {
            lock (typeof(Failures)) // planted: lock on a type
            {
                name = "x";
            }
        }

        public void LockText()
        {
            lock ("gate") // planted: lock on a string
            {
                name = "x";
            }
        }

        public void LockNew()
        {
            lock (new object()) // planted: lock on a new object
            {
                name = "x";
            }
        }

        public void Enter()
        {
            Monitor.Enter(gate); // planted: lock without release
            name = "x";
        }

        public async void Save() // planted: async void
        {
            await Task.Delay(10);
        }

        public string Blocked(Task<string> task)
        {
            return task.GetAwaiter().GetResult(); // planted: blocks on a task
        }

        public async Task Sleep()
        {
            await Task.Delay(1);
            Thread.Sleep(1000); // planted: sleeps in async
        }

        public void Forget(string text)
        {
            text.Trim(); // planted: result dropped
            text.Replace("a", "b"); // planted: replaced text dropped
        }

        public string Format(string a)
        {
            return string.Format("{0} of {1}", a); // planted: format argument missing
        }

        public string Extra(string a, string b)
        {
            return string.Format("{0}", a, b); // planted: format argument unused
        }

        public void Need(string path)
        {
            if (path == null)
            {
                throw new ArgumentNullException("the path must be given"); // planted: message as parameter name
            }
        }

        public int Count(int n)
        {
            return n * Count(n - 1); // planted: recursion without end
        }

        public override bool Equals(object other) // planted: Equals without GetHashCode
        {
            return base.Equals(other);
        }

        public override string ToString()
        {
            return null; // planted: ToString returns null
        }

        public void Collect()
        {
            GC.Collect(); // planted: collector called
        }

        public void Stop(Thread thread)
        {
            thread.Abort(); // planted: thread aborted
        }

        public string Text(object value)
        {
            return (value as string).Trim(); // planted: cast may be null
        }

        public void Dispose()
        {
            throw new NotImplementedException(); // planted: Dispose throws
        }

        public int Query(string id)
        {
            var connection = new SqlConnection("x"); // planted: connection never disposed
            connection.Open();
            return 1;
        }

        public void Nothing()
        {
            throw null; // planted: throws null
        }
    }
}
