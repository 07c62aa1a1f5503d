package planted

import java.io.File
import java.io.IOException
import java.security.MessageDigest
import java.sql.Connection
import java.util.Random
import javax.crypto.Cipher

class Order(val id: Int, var total: Int, var name: String?) {
    private val apiPassword = "Sup3r-s3cret!" // planted: password in the code

    fun same(other: Order): Boolean {
        return id == other.id && total == total // planted: compared with itself
    }

    fun twice(other: Order): Boolean {
        return other.id > 0 || id > 0 || other.id > 0 // planted: operand twice
    }

    fun price(vip: Boolean): Int {
        if (vip) { // planted: identical branches
            return total - 5
        } else {
            return total - 5
        }
    }

    fun fee(vip: Boolean): Int = if (vip) total else total // planted: identical results

    fun grade(n: Int): String {
        if (n > 90) {
            return "a"
        } else if (n > 70) {
            return "b"
        } else if (n > 90) { // planted: condition twice in a chain
            return "c"
        }
        return "d"
    }

    fun kind(s: String): Int {
        if (s != "invoice" || s != "receipt") { // planted: always true
            return 1
        }
        return 2
    }

    fun both(n: Int): Boolean {
        return n == 1 && n == 2 // planted: never true
    }

    fun day(n: Int): String = when (n) {
        1 -> "Monday"
        2 -> "Tuesday"
        1 -> "Wednesday" // planted: branch twice
        else -> "another"
    }

    fun certain(): Int {
        return name!!.length // planted: null asserted away
    }

    fun late(n: Int): Int {
        if (n < 0) {
            return 0
            println(n) // planted: unreachable
        }
        return n
    }

    fun rename(name: String) {
        this.name = this.name // planted: assigned to itself
    }

    fun some(xs: List<Int>): Boolean {
        return xs.size >= 0 // planted: size always at least zero
    }

    fun last(xs: List<Int>): Int {
        return xs[xs.size] // planted: index past the end
    }

    fun nan(x: Double): Boolean {
        return x == Double.NaN // planted: compared with NaN
    }

    fun swallow(path: String) {
        try {
            File(path).delete()
        } catch (e: Exception) { // planted: empty handler
        }
    }

    fun wrapped(path: String) {
        try {
            File(path).delete()
        } catch (e: IOException) {
            IllegalStateException("cannot delete", e) // planted: exception not thrown
        }
    }

    fun ensured(path: String): Boolean {
        try {
            return File(path).delete()
        } finally {
            return true // planted: return in finally
        }
    }

    fun first(xs: List<Int>): Int {
        for (x in xs) { // planted: loop ends in its first round
            return x + 1
        }
        return 0
    }

    fun remove(xs: MutableList<Int>) {
        for (x in xs) { // planted: collection changed while iterated
            if (x > 3) {
                xs.remove(x)
            }
        }
    }

    fun past(xs: List<Int>) {
        for (i in 0..xs.size) { // planted: one round too many
            println(xs[i])
        }
    }

    fun forever(n: Int) {
        while (n > 0) { // planted: condition never changes
            println("x")
        }
    }

    fun recurse(n: Int): Int {
        return n * recurse(n - 1) // planted: recursion without end
    }

    fun forget(text: String): String {
        text.trim() // planted: result dropped
        return text
    }

    val size: Int
        get() = size // planted: property returns itself

    fun format(a: String): String {
        return String.format("%s of %d", a) // planted: format argument missing
    }

    fun identity(a: String, b: String): Boolean {
        return a === "x" // planted: text compared by reference
    }

    fun find(connection: Connection, name: String) {
        connection.createStatement().executeQuery("SELECT id FROM users WHERE name = '$name'") // planted: SQL interpolated
        connection.createStatement().execute("DELETE FROM users WHERE id = " + name) // planted: SQL concatenated
    }

    fun run(host: String) {
        Runtime.getRuntime().exec("ping -c 1 $host") // planted: command interpolated
    }

    fun hash(password: ByteArray): ByteArray {
        return MessageDigest.getInstance("MD5").digest(password) // planted: MD5
    }

    fun cipher(): Cipher {
        return Cipher.getInstance("DES/CBC/PKCS5Padding") // planted: DES
    }

    fun ecb(): Cipher {
        return Cipher.getInstance("AES/ECB/PKCS5Padding") // planted: ECB
    }

    fun token(): String {
        val token = Random().nextLong().toString() // planted: predictable token
        return token
    }

    fun trust(client: okhttp3.OkHttpClient.Builder) {
        client.hostnameVerifier { _, _ -> true } // planted: host name not checked
    }

    fun web(view: android.webkit.WebView) {
        view.settings.allowUniversalAccessFromFileURLs = true // planted: files open to scripts
    }
}
