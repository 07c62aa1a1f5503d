package planted

import "fmt"

type order struct {
	id, total, paid int
	name            string
	customer        *customer
}

type customer struct{ name string }

func same(a, b *order) bool {
	return a.id == b.id && a.total == a.total // planted: compared with itself
}

func twice(a, b *order) bool {
	return a.paid > 0 && b.paid > 0 && a.paid > 0 && a.paid > 0 // planted: operand twice
}

func price(o *order, vip bool) int {
	if vip { // planted: identical branches
		return o.total - 5
	} else {
		return o.total - 5
	}
}

func grade(n int) string {
	if n > 90 {
		return "a"
	} else if n > 70 {
		return "b"
	} else if n > 90 { // planted: condition twice in a chain
		return "c"
	}
	return "d"
}

func kind(s string) int {
	if s != "invoice" || s != "receipt" { // planted: always true
		return 1
	}
	return 2
}

func both(n int) bool {
	return n == 1 && n == 2 // planted: never true
}

func named(o *order) string {
	if o.customer == nil {
		return o.customer.name // planted: nil dereferenced where it is known to be nil
	}
	return ""
}

func guarded(o *order) bool {
	return o == nil && o.total > 0 // planted: wrong operator before dereference
}

func unguarded(o *order) bool {
	return o != nil || o.total > 0 // planted: dereferenced where it is nil
}

func empty(xs []int) bool {
	return len(xs) < 0 // planted: length below zero
}

func some(xs []int) bool {
	return len(xs) >= 0 // planted: length always at least zero
}

func last(xs []int) int {
	return xs[len(xs)] // planted: index past the end
}

func set(o *order, name string) {
	o.name = o.name // planted: assigned to itself
}

func add(n int) int {
	total := 10
	total =+ n // planted: mistyped operator
	return total
}

func flags(n int) bool {
	return n&0 != 0 // planted: mask of zero
}

func missing(n int) int {
	if n < 0 {
		fmt.Println("negative")
		return 0
		n = -n // planted: unreachable
	}
	return n
}

func nothing(n int) {
	if n > 3 { // planted: empty branch
	}
	fmt.Println(n)
}

func between(n int) bool {
	return n < 1 && n > 10 // planted: empty range
}
