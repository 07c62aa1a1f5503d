package planted

import (
	"crypto/des"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha1"
	"crypto/tls"
	"database/sql"
	"fmt"
	"html/template"
	"math/rand"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"

	"golang.org/x/crypto/ssh"
)

const dbPassword = "Sup3r-s3cret!" // planted: password in the code

var awsKey = "AKIAIOSFODNN7EXAMPLQ" // planted: access key in the code

func find(db *sql.DB, name string) (*sql.Rows, error) {
	return db.Query("SELECT id FROM users WHERE name = '" + name + "'") // planted: SQL concatenated
}

func remove(db *sql.DB, id string) {
	db.Exec(fmt.Sprintf("DELETE FROM users WHERE id = %s", id)) // planted: SQL formatted
}

func row(db *sql.DB, table string) *sql.Row {
	query := "SELECT count(*) FROM " + table
	return db.QueryRow(query) // planted: SQL concatenated before
}

func ping(host string) ([]byte, error) {
	return exec.Command("sh", "-c", "ping -c 1 "+host).Output() // planted: shell command concatenated
}

func hash(password string) [16]byte {
	return md5.Sum([]byte(password)) // planted: MD5
}

func digest(data []byte) [20]byte {
	return sha1.Sum(data) // planted: SHA-1
}

func cipher(key []byte) {
	des.NewCipher(key) // planted: DES
	rc4.NewCipher(key) // planted: RC4
}

func client() *http.Client {
	return &http.Client{Transport: &http.Transport{
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, // planted: certificate not checked
	}}
}

func old() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS10} // planted: old TLS
}

func token() string {
	return fmt.Sprint(rand.Int63()) // planted: predictable token
}

func host() ssh.HostKeyCallback {
	return ssh.InsecureIgnoreHostKey() // planted: host key not checked
}

func open(path string) {
	os.Chmod(path, 0777) // planted: writable by all
}

func page(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(w, "<p>"+r.FormValue("name")+"</p>") // planted: request written to the page
	http.Redirect(w, r, r.FormValue("next"), 302)    // planted: open redirect
	_ = template.HTML(r.FormValue("bio"))            // planted: request marked as safe
	http.ServeFile(w, r, filepath.Join("/srv", r.URL.Query().Get("f"))) // planted: path from the request
}

func session() *http.Cookie {
	return &http.Cookie{Name: "session", Value: "x", Secure: false} // planted: cookie without Secure
}
