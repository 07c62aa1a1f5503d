package planted

import java.io.File
import java.io.IOException
import java.security.SecureRandom

// The correct forms of what is planted beside, and what only looks like it.
class Clean(private val name: String?) {
    private val passwordField = "password"

    fun nan(x: Double): Boolean = x != x

    fun kinds(s: String): Boolean = s != "invoice" && s != "receipt"

    fun either(n: Int): Boolean = n == 1 || n == 2

    fun length(): Int = name?.length ?: 0

    fun day(n: Int): String = when (n) {
        1, 2 -> "Monday"
        else -> "another"
    }

    fun swallow(path: String) {
        try {
            File(path).delete()
        } catch (e: IOException) {
            // somebody else deletes it too
        }
    }

    fun wrapped(path: String) {
        try {
            File(path).delete()
        } catch (e: IOException) {
            throw IllegalStateException("cannot delete", e)
        }
    }

    fun loops(xs: MutableList<Int>, count: Int) {
        for (x in xs.toList()) {
            xs.remove(x)
        }
        for (i in 0 until xs.size) {
            println(xs[i])
        }
        for (x in xs) {
            if (x > 3) continue
            return
        }
        var n = count
        while (n > 0) {
            n--
        }
    }

    fun recurse(n: Int): Int = if (n < 2) 1 else n * recurse(n - 1)

    fun sum(text: String): Int = sum(text.toInt())

    fun sum(n: Int): Int = n + 1

    fun trimmed(text: String): String {
        val trimmed = text.trim()
        return String.format("%s of %d%%", trimmed, 3)
    }

    val size: Int
        get() = name!!.length

    fun find(table: String): String = "SELECT id FROM $table WHERE name = ?"

    fun message(file: String): String = "Select a line from the list and update $file"

    fun token(): Long = SecureRandom().nextLong()
}
