package shop;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

final class Clean {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE;
    private final Lock door = new ReentrantLock();
    private final AtomicInteger changes = new AtomicInteger();
    private final String name;

    Clean(String name) {
        this.name = Objects.requireNonNull(name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Clean && name.equals(((Clean) other).name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    boolean isAdmin(String role) {
        return role != null && role.equals("admin");
    }

    boolean same(Integer one, Integer other) {
        return Objects.equals(one, other);
    }

    boolean missing(double total) {
        return Double.isNaN(total);
    }

    int price(int kind) {
        switch (kind) {
            case 1:
                return 10;
            case 2:
                return 20;
            default:
                return 0;
        }
    }

    int read(Path path, byte[] buffer) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.read(buffer);
        }
    }

    String user(Connection connection, String given) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select a from b where c = ?")) {
            statement.setString(1, given);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) : "";
            }
        }
    }

    void wrapped(Runnable job) {
        try {
            job.run();
        } catch (IllegalStateException error) {
            throw new IllegalArgumentException("failed", error);
        }
    }

    int locked(boolean early) {
        door.lock();
        try {
            return early ? 1 : changes.incrementAndGet();
        } finally {
            door.unlock();
        }
    }

    void waits(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException error) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(error);
        }
    }

    void dropped(List<String> all) {
        for (Iterator<String> each = all.iterator(); each.hasNext();) {
            if (each.next().isEmpty()) {
                each.remove();
            }
        }
    }

    String[] numbers(List<String> all) {
        return all.toArray(new String[0]);
    }

    BigDecimal tenth() {
        return new BigDecimal("0.1");
    }

    long milliseconds(int days) {
        return days * 24L * 60 * 60 * 1000;
    }

    String day(java.time.LocalDate date) {
        return DAY.format(date).trim();
    }
}
