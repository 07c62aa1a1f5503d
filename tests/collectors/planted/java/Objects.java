package shop;

import java.io.Serializable;
import java.math.BigDecimal;
import java.text.SimpleDateFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class Money {
    private int amount;

    @Override
    public boolean equals(Object other) { // planted: equals without hashCode
        return other instanceof Money && ((Money) other).amount == amount;
    }
}

class Price implements Comparable<Price> {
    int cents;

    public boolean equals(Price other) { // planted: equals of another type
        return other.cents == cents;
    }

    public int compareTo(Price other) {
        return cents - other.cents; // planted: comparison by subtraction
    }
}

class Hash {
    int number;

    public int hashcode() { // planted: hashcode misspelt
        return number;
    }

    public String tostring() { // planted: tostring misspelt
        return "" + number;
    }
}

class Copy implements Cloneable {
    public Copy clone() { // planted: clone without super.clone
        return new Copy();
    }

    protected void finalize() {
        System.out.println("gone"); // planted: finalize without super.finalize
    }
}

class Account {
    private String owner;
    private static int count;
    private static final SimpleDateFormat DAY = new SimpleDateFormat("yyyy-MM-dd");

    Account(String name) {
        owner = owner; // planted: assigned to itself
        init(); // planted: overridable call in a constructor
    }

    void init() {
        count = count + 1; // planted: static written by an instance
    }

    void setOwner(String owner) {
        owner = owner; // planted: parameter assigned to itself
    }

    void Account() { // planted: method that looks like a constructor
        owner = "";
    }

    String day(Date date) {
        return DAY.format(date); // planted: shared date format
    }

    BigDecimal tenth() {
        return new BigDecimal(0.1); // planted: decimal from a double
    }

    int octal() {
        return 010; // planted: octal literal
    }

    long milliseconds(int days) {
        return days * 24 * 60 * 60 * 1000; // planted: int overflow before widening
    }

    double half(int a, int b) {
        return a / b; // planted: integer division as double
    }

    List<Integer> list(int[] numbers) {
        List result = Arrays.asList(numbers); // planted: asList of primitives
        return result;
    }

    void removing(List<String> all) {
        for (String each : all) {
            if (each.isEmpty()) {
                all.remove(each); // planted: removed while iterating
            }
        }
    }

    String joined(List<String> all) {
        StringBuffer text = new StringBuffer('x'); // planted: StringBuffer of a char
        for (String each : all) {
            text.append(each);
        }
        return text.toString();
    }

    int position(String text) {
        if (text.indexOf("x") > 0) { // planted: first position left out
            return 1;
        }
        return 0;
    }

    boolean empty(Map<String, String> map) {
        map = new HashMap<>(); // planted: parameter overwritten
        return map.isEmpty();
    }

    Object[] numbers(List<String> all) {
        String[] made = (String[]) all.toArray(); // planted: array cast that fails
        return made;
    }

    String unused(String given) {
        String result = given.trim(); // planted: variable never read
        return given;
    }

    private void neverCalled() { // planted: private method never called
        count = 0;
    }

    List<String> internals = new ArrayList<>();

    int counted(int n) {
        n = n++; // planted: increment lost
        return n;
    }
}

class Session implements Serializable {
    private Thread worker; // planted: field that cannot be serialised

    public String[] names() {
        return null; // planted: null in place of an empty array
    }

    public Boolean ready() {
        return null; // planted: null in place of a truth value
    }
}
