package shop;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

class Threads {
    private static Threads only;
    private final Lock door = new ReentrantLock();
    private Integer count = 0;
    volatile int changes;
    final Map<String, String> cache = new HashMap<>();

    static Threads instance() { // planted: double-checked locking without volatile
        if (only == null) {
            synchronized (Threads.class) {
                if (only == null) {
                    only = new Threads();
                }
            }
        }
        return only;
    }

    static Threads lazily() {
        if (only == null) { // planted: singleton without a lock
            only = new Threads();
        }
        return only;
    }

    void locked(boolean early) {
        door.lock(); // planted: lock released on one path only
        if (early) {
            return;
        }
        door.unlock();
    }

    void boxLock() {
        synchronized (count) { // planted: lock on a box
            count++;
        }
    }

    void textLock() {
        synchronized ("door") { // planted: lock on a literal
            changes = 1;
        }
    }

    void lost() {
        changes++; // planted: volatile counted up
    }

    void direct(Thread worker) {
        worker.run(); // planted: run in place of start
    }

    void waits() throws InterruptedException {
        synchronized (this) {
            if (count == 0) {
                wait(); // planted: wait without a loop
            }
        }
    }

    void wakes() {
        synchronized (this) {
            notify(); // planted: notify in place of notifyAll
        }
    }

    void sleeps() throws InterruptedException {
        synchronized (this) {
            Thread.sleep(1000); // planted: sleep with a lock held
        }
    }

    void stops(Thread worker) {
        worker.stop(); // planted: thread stopped
    }

    void empty() {
        synchronized (this) { // planted: empty synchronized block
        }
    }
}
