interface Order {
  id: number;
  total: number;
}

enum State {
  Open = 1, // planted: enum-value-twice
  Closed = 1,
}

class Basket {
  private items: Order[] = [];

  add(order: Order): void {
    this.items.push(order);
  }

  new(): Basket { // planted: method-named-new
    return this;
  }

  total(): number {
    return this.items.reduce((sum, item) => sum + item.total); // planted: reduce-without-start
  }
}

export function first(orders: Order[]): Order {
  return orders?.find((order) => order.id === 1)!.total as unknown as Order; // planted: assertion-after-optional-chain
}

export function length(order?: Order): number {
  return (order?.total).toFixed(2).length; // planted: optional-chain-broken
}

export function copy(order: Order): Order {
  return order!!; // planted: assertion-twice
}

export function isOpen(state: State): boolean {
  return state == State.Open || state == State.Open; // planted: same-operand-in-or
}

export function owner(this_: Basket): Basket {
  const self = this; // planted: this-outside-class
  return self;
}

export namespace Nothing {} // planted: empty-namespace

export declare interface Empty extends Order, Order {} // planted: base-twice

export type Key = string | string; // planted: type-twice

export function cast(value: unknown): number {
  return <any>value + 1; // planted: type-check-given-up
}

export async function load(read: () => Promise<Order>): Promise<number> {
  const order = read(); // planted: promise-not-awaited
  return (order as unknown as Order).total;
}

export { Basket, State };
