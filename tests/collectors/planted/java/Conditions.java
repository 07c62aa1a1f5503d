package shop;

import java.util.List;
import java.util.Map;
import java.util.Optional;

class Conditions {
    private String name;
    int state;
    private double total;

    boolean byReference(String other) {
        return name == other; // planted: strings compared by ==
    }

    boolean literal(String role) {
        return role == "admin"; // planted: literal compared by ==
    }

    void assigned(boolean ready) {
        if (ready = true) { // planted: assignment in a condition
            state = 1;
        }
    }

    boolean same(int a) {
        return a == a; // planted: comparison with itself
    }

    boolean sameOperands(boolean a, boolean b) {
        return a && b || a && b; // planted: identical operands
    }

    int branches(boolean fast) {
        if (fast) { // planted: identical branches
            return 10;
        } else {
            return 10;
        }
    }

    int duplicate(int code) {
        if (code == 1) {
            return 1;
        } else if (code == 2) {
            return 2;
        } else if (code == 1) { // planted: condition asked before
            return 3;
        }
        return 0;
    }

    boolean either(int kind) {
        return kind != 1 || kind != 2; // planted: always true
    }

    void semicolon(int limit) {
        if (limit > 100); // planted: semicolon after if
        {
            state = limit;
        }
    }

    int nullOr(String s) {
        if (s == null && s.length() == 0) { // planted: null dereferenced in its own test
            return 0;
        }
        return 1;
    }

    boolean late(String s) {
        return s.isEmpty() || s == null; // planted: null tested after use
    }

    boolean boxed(Integer a, Integer b) {
        return a == b; // planted: boxes compared by ==
    }

    boolean notANumber() {
        return total == Double.NaN; // planted: compared with NaN
    }

    boolean arrays(int[] a, int[] b) {
        return a.equals(b); // planted: arrays compared by equals
    }

    boolean nothing(String s) {
        return s.equals(null); // planted: equals(null)
    }

    int falls(int kind) {
        int price = 0;
        switch (kind) {
            case 1:
                price = 10;
            case 2: // planted: missing break
                price = 20;
                break;
            default:
                break;
        }
        return price;
    }

    void noDefault(int kind) {
        switch (kind) { // planted: switch without default
            case 1:
                state = 2;
                break;
        }
    }

    boolean strange(Optional<String> given) {
        return given == null; // planted: Optional compared with null
    }

    boolean odd(int n) {
        return n % 2 == 1; // planted: odd by remainder one
    }

    void constant() {
        if (true) { // planted: constant condition
            state = 3;
        }
    }

    boolean classes(Object other) {
        return other.getClass().getName().equals("shop.Conditions"); // planted: classes compared by name
    }

    void jumbled() {
        for (int i = 0; i < 10; i++) {
            for (int k = 0; k < 20; i++) { // planted: inner loop moves the outer variable
                state += k;
            }
        }
    }

    int firstOnly(List<Integer> all) {
        for (int each : all) { // planted: loop that ends in its first round
            return each;
        }
        return 0;
    }

    boolean missingKey(Map<String, Integer> ages) {
        return ages.get("x") == 128; // planted: unboxing of what may be null
    }
}
