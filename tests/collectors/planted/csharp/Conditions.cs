using System;
using System.Collections.Generic;

namespace Planted
{
    public class Order
    {
        public int Id;
        public int Total;
        public string Name;
        public List<int> Lines = new List<int>();
        private bool ready;

        public bool Same(Order other)
        {
            return Id == other.Id && Total == Total; // planted: compared with itself
        }

        public bool Twice(Order other)
        {
            return other.Id > 0 || Id > 0 || other.Id > 0; // planted: operand twice
        }

        public int Price(bool vip)
        {
            if (vip) // planted: identical branches
            {
                return Total - 5;
            }
            else
            {
                return Total - 5;
            }
        }

        public int Fee(bool vip)
        {
            return vip ? Total : Total; // planted: identical results of a ternary
        }

        public void Check(bool done)
        {
            if (ready = done) // planted: assignment in a condition
            {
                Console.WriteLine("ready");
            }
        }

        public string Grade(int n)
        {
            if (n > 90)
            {
                return "a";
            }
            else if (n > 70)
            {
                return "b";
            }
            else if (n > 90) // planted: condition twice in a chain
            {
                return "c";
            }
            return "d";
        }

        public int Kind(string s)
        {
            if (s != "invoice" || s != "receipt") // planted: always true
            {
                return 1;
            }
            return 2;
        }

        public bool Both(int n)
        {
            return n == 1 && n == 2; // planted: never true
        }

        public int Length(string s)
        {
            if (s == null)
            {
                return s.Length; // planted: null dereferenced
            }
            return 0;
        }

        public bool Guarded(string s)
        {
            return s == null && s.Length > 0; // planted: wrong operator before dereference
        }

        public bool Unguarded(string s)
        {
            return s != null || s.Length > 0; // planted: dereferenced where it is null
        }

        public bool Any()
        {
            return Lines.Count >= 0; // planted: count always at least zero
        }

        public int Last(int[] xs)
        {
            return xs[xs.Length]; // planted: index past the end
        }

        public bool Contains(string text)
        {
            return text.IndexOf("x") > 0; // planted: first position missed
        }

        public void Rename(string name)
        {
            name = name; // planted: assigned to itself
        }

        public int Add(int n)
        {
            int total = 10;
            total =+ n; // planted: mistyped operator
            return total;
        }

        public void Empty(int n)
        {
            if (n > 3); // planted: semicolon after the condition
            {
                Console.WriteLine(n);
            }
        }

        public bool Nan(double x)
        {
            return x == double.NaN; // planted: compared with NaN
        }

        public double Half(int n)
        {
            return 1 / 2 * n; // planted: integer division
        }

        public bool Range(int n)
        {
            return n < 1 && n > 10; // planted: empty range
        }

        public int Missing(int n)
        {
            if (n < 0)
            {
                return 0;
                n = -n; // planted: unreachable
            }
            return n;
        }

        public bool SelfEquals(Order other)
        {
            return Name.Equals(Name); // planted: equals itself
        }

        public int Bits(int n)
        {
            return n << 32; // planted: shifted by its whole width
        }
    }
}
