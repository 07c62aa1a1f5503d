using System;
using System.Collections.Generic;

namespace Planted
{
    public class Loops
    {
        public int First(List<int> xs)
        {
            foreach (var x in xs)
            {
                return x + 1; // planted: loop ends in its first round
            }
            return 0;
        }

        public void Remove(List<string> names)
        {
            foreach (var name in names)
            {
                if (name == "")
                {
                    names.Remove(name); // planted: collection changed while iterated
                }
            }
        }

        public void Wrong(int[,] xs)
        {
            for (int i = 0; i < 10; i++)
            {
                for (int j = 0; j < 10; i++) // planted: wrong variable counted
                {
                    Console.WriteLine(xs[i, j]);
                }
            }
        }

        public void Down(int n)
        {
            for (int i = n; i >= 0; i++) // planted: counts away from its end
            {
                Console.WriteLine(i);
            }
        }

        public void Forever(int n)
        {
            while (n > 0) // planted: condition never changes
            {
                Console.WriteLine("x");
            }
        }

        public int Next(int i)
        {
            i = i++; // planted: increment lost
            return i;
        }

        public void Semicolon(int n)
        {
            for (int i = 0; i < n; i++); // planted: empty loop
            {
                Console.WriteLine(n);
            }
        }

        public void Past(int[] xs)
        {
            for (int i = 0; i <= xs.Length; i++) // planted: one round too many
            {
                Console.WriteLine(xs[i]);
            }
        }

        private readonly Dictionary<string, int> codes = new Dictionary<string, int>
        {
            { "a", 1 },
            { "b", 2 },
            { "a", 3 }, // planted: key twice
        };

        private readonly Dictionary<string, int> sizes = new Dictionary<string, int>
        {
            ["s"] = 1,
            ["m"] = 2,
            ["s"] = 3, // planted: index twice
        };

        public void Closures(List<Action> actions)
        {
            for (int i = 0; i < 3; i++)
            {
                actions.Add(() => Console.WriteLine(i)); // planted: loop variable captured
            }
        }
    }
}
