package shop;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.X509TrustManager;
import java.security.cert.X509Certificate;

class Security {
    private static final String PASSWORD = "s3cr3t-Pa55"; // planted: hard-coded password

    SecretKeySpec key() {
        return new SecretKeySpec("0123456789abcdef".getBytes(), "AES"); // planted: hard-coded key
    }

    IvParameterSpec start() {
        byte[] iv = new byte[] {0, 0, 0, 0, 0, 0, 0, 0}; // planted: constant initialisation vector
        return new IvParameterSpec(iv);
    }

    byte[] hashed(byte[] text) throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("MD5").digest(text); // planted: weak hash
    }

    Cipher cipher() throws Exception {
        return Cipher.getInstance("DES/ECB/PKCS5Padding"); // planted: weak cipher
    }

    void run(String name) throws IOException {
        Runtime.getRuntime().exec("sh -c ls " + name); // planted: command from input
    }

    String token() {
        return Long.toHexString(new Random().nextLong()); // planted: predictable token
    }

    HostnameVerifier any() {
        return (host, session) -> true; // planted: every host accepted
    }

    X509TrustManager all() {
        return new X509TrustManager() {
            public void checkClientTrusted(X509Certificate[] chain, String type) { }
            public void checkServerTrusted(X509Certificate[] chain, String type) { } // planted: every certificate accepted
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
    }

    boolean login(String given) {
        return PASSWORD.equals(given);
    }
}
