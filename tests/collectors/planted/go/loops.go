package planted

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

func first(xs []int) int {
	for _, x := range xs {
		return x + 1 // planted: loop ends in its first round
	}
	return 0
}

func wrong(xs [][]int) {
	for i := 0; i < 10; i++ {
		for j := 0; j < 10; i++ { // planted: wrong variable counted
			fmt.Println(xs[i][j])
		}
	}
}

func down(n int) {
	for i := n; i >= 0; i++ { // planted: counts away from its end
		fmt.Println(i)
	}
}

func forever(n int) {
	for n > 0 { // planted: condition never changes
		fmt.Println("x")
	}
}

func factorial(n int) int {
	return n * factorial(n-1) // planted: recursion without end
}

type money struct{ cents int }

func (m money) String() string {
	return fmt.Sprintf("%v", m) // planted: String calls itself
}

func double(xs []struct{ n int }) {
	for _, x := range xs {
		x.n = x.n * 2 // planted: changes a copy
	}
}

func trim(s string) string {
	strings.TrimSpace(s) // planted: result dropped
	return s
}

func prefix(s string) string {
	return strings.TrimLeft(s, "http://") // planted: cutset taken for a prefix
}

func show(n int) {
	fmt.Println("count: %d", n) // planted: Println with a format
	fmt.Printf("%d of %d\n", n) // planted: too few arguments
	fmt.Printf("%d\n", n, n)    // planted: too many arguments
	fmt.Printf("%d\n", "text")  // planted: wrong kind of argument
}

var word = regexp.MustCompile("(a|b") // planted: regular expression is invalid

func date(t time.Time) string {
	return t.Format("YYYY-MM-DD") // planted: layout of another language
}

func copied(src []int) []int {
	dst := []int{}
	copy(dst, src) // planted: copied into nothing
	return dst
}

func shift(n uint8) uint8 {
	return n >> 8 // planted: shifted out
}
