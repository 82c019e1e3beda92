// A QR code that the server drew, as a picture: its markup never becomes part of the page.
export function Qr({ svg, label, size = 220 }: { svg: string; label: string; size?: number }) {
  const source = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  return <img src={source} width={size} height={size} alt={label} style={{ background: "#fff", padding: 8, borderRadius: 8 }} />;
}
