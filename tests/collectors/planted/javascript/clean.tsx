import { useEffect, useState } from "react";

interface Item {
  id: number;
  name: string;
}

export function List({ items }: { items: Item[] }) {
  return (
    <ul>
      {items.map((item) => (
        <li key={item.id}>{item.name}</li>
      ))}
    </ul>
  );
}

export function Counter({ active }: { active: boolean }) {
  const [count, setCount] = useState(0);
  useEffect(() => {
    if (active) {
      setCount((last) => last + 1);
    }
  }, [active]);
  if (!active) {
    return null;
  }
  return <p>{count}</p>;
}
