interface Order {
  id: number;
  total: number;
}

enum State {
  Open = 1,
  Closed = 2,
}

abstract class Basket {
  protected items: Order[] = [];

  abstract owner(): string;

  add(order: Order): this {
    this.items.push(order);
    return this;
  }

  total(): number {
    return this.items.reduce((sum, item) => sum + item.total, 0);
  }
}

export function first(orders?: Order[]): number | undefined {
  return orders?.find((order) => order.id === 1)?.total;
}

export function text(order?: Order): string {
  return order?.total?.toFixed(2) ?? "";
}

export function isOpen(state: State): boolean {
  return state === State.Open || state === State.Closed;
}

export async function load(read: () => Promise<Order>): Promise<number> {
  const order = await read();
  return order.total;
}

export type { Order };
export { Basket, State };
