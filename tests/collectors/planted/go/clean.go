package planted

// The correct forms of what is planted beside, and what only looks like it.

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"
)

const passwordHelp = "at least 12 characters"

var passwordField = "password"

func isNaN(f float64) bool { return f != f }

func differs(a, b *order) bool { return a.id == b.id && b.total == a.total }

func next() int { return <-in - <-in }

func kinds(s string) bool { return s != "invoice" && s != "receipt" }

func either(n int) bool { return n == 1 || n == 2 || n > 10 || n < 0 }

func guarded2(o *order) bool { return o != nil && o.total > 0 }

func guarded3(o *order) bool { return o == nil || o.total > 0 }

func named2(o *order) string {
	if o.customer == nil {
		o.customer = &customer{}
	}
	return o.customer.name
}

func chain(n int) string {
	if n > 90 {
		return "a"
	} else if n > 70 {
		return "b"
	}
	return "d"
}

func read2(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	return data, err
}

func retry(f func() error) (err error) {
	err = f()
	defer func() { fmt.Println(err) }()
	err = f()
	return err
}

func files2(paths []string) {
	for _, path := range paths {
		func() {
			f, err := os.Open(path)
			if err != nil {
				return
			}
			defer f.Close()
		}()
	}
}

func first2(paths []string) {
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			continue
		}
		defer f.Close()
		return
	}
}

func (c *counter) get2(key string) int {
	c.mu.Lock()
	if c.m == nil {
		c.mu.Unlock()
		return 0
	}
	n := c.m[key]
	c.mu.Unlock()
	return n
}

func (c *counter) relock() {
	c.mu.Unlock()
	defer c.mu.Lock()
	c.n = 0
}

func wait2(work []func()) {
	var wg sync.WaitGroup
	for _, w := range work {
		wg.Add(1)
		go func() {
			defer wg.Done()
			w()
		}()
	}
	wg.Wait()
}

func decode(data []byte) (v map[string]int, err error) {
	var m map[string]int
	err = json.Unmarshal(data, &m)
	return m, err
}

func counts(keys []string) map[string]int {
	var m map[string]int
	m = make(map[string]int)
	for _, key := range keys {
		m[key]++
	}
	return m
}

func search(xs []int) int {
	for i, x := range xs {
		if x > 3 {
			return i
		}
		continue
	}
	return -1
}

func down2(n uint) {
	for i := n; i > 0; i-- {
		fmt.Println(i)
	}
	for i := n - 1; i < n; i-- {
		fmt.Println(i)
	}
}

func grow(n int) {
	for n > 0 {
		n--
	}
	for n < 10 {
		bump2(&n)
	}
}

func bump2(n *int) { *n++ }

func factorial2(n int) int {
	if n < 2 {
		return 1
	}
	return n * factorial2(n-1)
}

func later(n int) func() int { return func() int { return later(n)() } }

func trimmed(s string) string { return strings.TrimPrefix(strings.TrimLeft(s, " \t"), "http://") }

func show2(n int, args ...any) {
	fmt.Printf("%d of %d%%\n", n, n)
	fmt.Printf("%[1]d %[1]x\n", n)
	fmt.Printf("%*d\n", 5, n)
	fmt.Printf("%s %s\n", args...)
	fmt.Println("100%", n)
	time.Sleep(5 * time.Second)
}

func date2(t time.Time) string { return t.Format("2006-01-02") }

func context2() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), time.Second)
}

func gone2(err error) bool { return errors.Is(err, errGone) }

func find2(db *sql.DB, name string) (*sql.Rows, error) {
	const table = "users"
	return db.Query("SELECT id FROM "+table+" WHERE name = ?", name)
}

func message(name string) string {
	return "Select a name from the list, then update " + name
}

func ping2(host string) ([]byte, error) { return exec.Command("ping", "-c", "1", host).Output() }

func token2() string {
	b := make([]byte, 16)
	rand.Read(b)
	return fmt.Sprintf("%x", sha256.Sum256(b))
}

func client2() *tls.Config { return &tls.Config{MinVersion: tls.VersionTLS12} }

func page2(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(w, "<p>%s</p>", template.HTMLEscapeString(r.FormValue("name")))
	http.Redirect(w, r, "/", 302)
}
