//! As much of HTTP as a test on the same machine needs: one request for each connection, and answers that come line by line.

use std::io::{BufRead as _, BufReader, Read as _, Result, Write as _};
use std::net::TcpStream;

pub struct Request {
    pub path: String,
    pub body: Vec<u8>,
}

pub fn read(stream: &TcpStream) -> Result<Request> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut length = 0;
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap_or_default();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(Request { path, body })
}

/// An answer that ends with the connection, so that a line can be sent while there may be more.
pub struct Reply<'a> {
    stream: &'a TcpStream,
    is_begun: bool,
}

impl<'a> Reply<'a> {
    pub const fn new(stream: &'a TcpStream) -> Self {
        Self { stream, is_begun: false }
    }

    pub fn line(&mut self, line: &str) -> Result<()> {
        self.head("200 OK")?;
        self.stream.write_all(format!("{line}\n").as_bytes())
    }

    pub fn end(&mut self) -> Result<()> {
        self.head("200 OK")
    }

    pub fn fail(&mut self, why: &str) -> Result<()> {
        self.head("400 Bad Request")?;
        self.stream.write_all(why.as_bytes())
    }

    fn head(&mut self, status: &str) -> Result<()> {
        if self.is_begun {
            return Ok(());
        }
        self.is_begun = true;
        // The page comes from another port. Without knowing a session it can do nothing here.
        let head = "access-control-allow-origin: *\r\nconnection: close\r\ncontent-type: text/plain; charset=utf-8";
        self.stream.write_all(format!("HTTP/1.1 {status}\r\n{head}\r\n\r\n").as_bytes())
    }
}
