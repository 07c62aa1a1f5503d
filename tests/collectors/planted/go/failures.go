package planted

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"time"
)

var errGone = errors.New("gone")

func read(path string) ([]byte, error) {
	f, err := os.Open(path)
	data, err := io.ReadAll(f) // planted: error overwritten unread
	if err != nil {
		return nil, err
	}
	return data, nil
}

func load(path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, nil // planted: error lost
	}
	return data, nil
}

func save(path string, data []byte) error {
	err := os.WriteFile(path, data, 0o600)
	if err == nil {
		return err // planted: inverted check of the error
	}
	return nil
}

func ignore(path string) {
	if err := os.Remove(path); err != nil { // planted: empty error branch
	}
}

func dropped(data []byte) map[string]int {
	var m map[string]int
	json.Unmarshal(data, m) // planted: decoded into a value
	return m
}

func unmade() map[string]int {
	var counts map[string]int
	counts["a"] = 1 // planted: write to a nil map
	return counts
}

func unused(n int) {
	if n < 0 {
		fmt.Errorf("negative: %d", n) // planted: error made and dropped
	}
	errors.New("too late") // planted: new error dropped
}

func fetch(url string) ([]byte, error) {
	resp, err := http.Get(url)
	defer resp.Body.Close() // planted: closed before the error is checked
	if err != nil {
		return nil, err
	}
	return io.ReadAll(resp.Body)
}

func leak(url string) (int, error) {
	resp, err := http.Get(url) // planted: body never closed
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

func files(paths []string) error {
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close() // planted: defer in a loop
		fmt.Println(f.Name())
	}
	return nil
}

func cancelled() context.Context {
	ctx, _ := context.WithTimeout(context.Background(), time.Second) // planted: cancel dropped
	return ctx
}

func guard() {
	defer recover() // planted: recover called by defer itself
	panic("x")
}

func fatal(path string) {
	f, err := os.Create(path)
	if err != nil {
		return
	}
	defer f.Close()
	if path == "" {
		log.Fatal("no path") // planted: exit skips the deferred call
	}
}

func wrapped(err error) error {
	if err != nil {
		return fmt.Errorf("reading failed: %s %d", err) // planted: argument missing
	}
	return nil
}

func gone(err error) bool {
	return errors.Is(errGone, err) // planted: arguments of errors.Is swapped
}

func asGone(err error) bool {
	var target *os.PathError
	return errors.As(err, target) // planted: errors.As without a pointer
}

func swallow(work func()) {
	defer func() {
		recover() // planted: panic swallowed
	}()
	work()
}

func both2(a, b func() error) error {
	err := a()
	err = b() // planted: first error overwritten
	return err
}
