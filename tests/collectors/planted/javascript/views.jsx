import React, { useEffect, useState } from "react";

export function List({ items }) {
  return (
    <ul>
      {items.map((item) => ( // planted: key-missing
        <li>{item.name}</li>
      ))}
    </ul>
  );
}

export function Field({ label }) {
  return <input id="a" type="text" id="b" />; // planted: attribute-twice
}

export function Counter({ active }) {
  if (active) {
    const [count] = useState(0); // planted: hook-in-condition
    return <p>{count}</p>;
  }
  return null;
}

export function Title({ user }) {
  return <Heading>{user.name}</Heading>; // planted: component-undefined
}

export function Raw({ text }) {
  return <div dangerouslySetInnerHTML={{ __html: text }}>none</div>; // planted: children-and-markup
}

export class Panel extends React.Component {
  render() { // planted: render-without-return
    <p>{this.props.text}</p>;
  }
}

export class Timer extends React.Component {
  state = { ticks: 0 };
  tick() {
    this.state.ticks = this.state.ticks + 1; // planted: state-mutated
  }
  render() {
    return <p>{this.state.ticks}</p>;
  }
}

export function Text() {
  return <p>// a note that everybody reads</p>; // planted: comment-shown-as-text
}

export function Empty({ items }) {
  return <div>{items.length && <List items={items} />}</div>; // planted: zero-shown
}

export function Effect({ load }) {
  const [value, setValue] = useState(null);
  useEffect(async () => { // planted: async-effect
    setValue(await load());
  }, [load]);
  return <p>{value}</p>;
}
