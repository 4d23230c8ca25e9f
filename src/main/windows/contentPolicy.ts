/**
 * Content-Security-Policy of the app's own pages. Scripts come from the app alone and nothing goes out: sockets are
 * main's. Style elements are allowed because CodeMirror writes its themes into some.
 */
export const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')
