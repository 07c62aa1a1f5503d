package shop;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;

class Failures {
    private Connection connection;

    void swallowed(Runnable job) {
        try {
            job.run();
        } catch (RuntimeException error) { // planted: empty handler
        }
    }

    int finallyReturn(Runnable job) {
        try {
            job.run();
            return 1;
        } finally {
            return 2; // planted: return in finally
        }
    }

    void finallyThrow(Runnable job) {
        try {
            job.run();
        } finally { // planted: throw in finally
            throw new IllegalStateException();
        }
    }

    void everything(Runnable job) {
        try {
            job.run();
        } catch (Throwable error) { // planted: catches Throwable
            System.out.println("failed");
        }
    }

    void lostCause(Runnable job) {
        try {
            job.run();
        } catch (RuntimeException error) {
            throw new IllegalStateException("failed"); // planted: cause lost
        }
    }

    void nullCaught(String text) {
        try {
            System.out.println(text.trim());
        } catch (NullPointerException error) { // planted: catches NullPointerException
            text = "";
        }
    }

    void notThrown(int n) {
        if (n < 0) {
            new IllegalArgumentException("negative"); // planted: exception not thrown
        }
    }

    void nullThrown() {
        throw new NullPointerException(); // planted: throws NullPointerException
    }

    int leaked(String path) throws IOException {
        InputStream in = new FileInputStream(path); // planted: stream never closed
        return in.read();
    }

    void query(String user) throws SQLException {
        Statement statement = connection.createStatement(); // planted: statement never closed
        statement.execute("vacuum");
    }

    String injected(String user) throws SQLException {
        try (Statement statement = connection.createStatement();
             ResultSet rows = statement.executeQuery(
                 "select * from users where name = '" + user + "'")) { // planted: SQL from input
            return rows.getString(1);
        }
    }

    int unread(InputStream in, byte[] buffer) throws IOException {
        in.read(buffer); // planted: result of read ignored
        return buffer[0];
    }

    void skipped(InputStream in) throws IOException {
        in.skip(10); // planted: result of skip ignored
    }

    void trimmed(String text) {
        text.trim(); // planted: result of trim ignored
    }

    String replaced(String text) {
        text.replace('a', 'b'); // planted: result of replace ignored
        return text;
    }

    void shadow(Iterator<String> all) {
        while (all.hasNext()) {
            System.out.println(all.next() + all.next()); // planted: next twice for one hasNext
        }
    }

    void interrupted() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException error) { // planted: interruption lost
            System.out.println("woken");
        }
    }

    void ended() {
        System.exit(1); // planted: exit in a library
    }

    void traced(Runnable job) {
        try {
            job.run();
        } catch (RuntimeException error) {
            error.printStackTrace(); // planted: stack trace in place of handling
        }
    }

    void converted(Object value) {
        try {
            String text = (String) value;
            System.out.println(text);
        } catch (ClassCastException error) { // planted: catches what a test would tell
            System.out.println("no text");
        }
    }

    int unreached(int n) {
        while (true) { // planted: endless loop
            n++;
        }
    }
}
