// The recipient's pages, reached as /r#<token>.
export default function PortalApp() {
  return null;
}
