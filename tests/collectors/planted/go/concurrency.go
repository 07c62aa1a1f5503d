package planted

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

type counter struct {
	mu sync.Mutex
	n  int64
	m  map[string]int
}

func (c counter) inc() { // planted: mutex copied by the receiver
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
}

func (c *counter) get(key string) int {
	c.mu.Lock()
	if c.m == nil {
		return 0 // planted: returns with the lock held
	}
	n := c.m[key]
	c.mu.Unlock()
	return n
}

func (c *counter) hold() int64 {
	c.mu.Lock() // planted: never unlocked
	return c.n
}

func (c *counter) again() {
	c.mu.Lock()
	defer c.mu.Lock() // planted: lock deferred in place of unlock
	c.n = 0
}

func (c *counter) nothing() {
	c.mu.Lock()
	c.mu.Unlock() // planted: empty critical section
	c.n = 1
}

func (c *counter) twice() {
	c.mu.Lock()
	c.mu.Lock() // planted: locked twice
	c.n++
	c.mu.Unlock()
	c.mu.Unlock()
}

func wait(work []func()) {
	var wg sync.WaitGroup
	for _, w := range work {
		go func() {
			wg.Add(1) // planted: Add inside the goroutine
			defer wg.Done()
			w()
		}()
	}
	wg.Wait()
}

func done(wg sync.WaitGroup) { // planted: wait group copied
	wg.Done()
}

func bump(n *int64) {
	*n = atomic.AddInt64(n, 1) // planted: atomic result assigned plainly
}

func sleep() {
	time.Sleep(5) // planted: five nanoseconds
}

func spin(stop chan bool) {
	for {
		select {
		case <-stop:
			return
		default: // planted: busy loop
		}
	}
}

func leave(in chan int) {
	for {
		select {
		case v := <-in:
			if v == 0 {
				break // planted: break leaves the select only
			}
			fmt.Println(v)
		}
	}
}

func tick() {
	for range time.Tick(time.Second) { // planted: ticker leaks
		fmt.Println("tick")
	}
}

func closeTwice(c chan int) {
	close(c)
	close(c) // planted: closed twice
}

func after(c chan int) {
	close(c)
	c <- 1 // planted: sent to a closed channel
}

func timeouts(in chan int) {
	for {
		select {
		case <-in:
		case <-time.After(time.Minute): // planted: a timer a round
			return
		}
	}
}
