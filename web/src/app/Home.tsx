// Where a day begins: at the projects, or for those who work for the alliance alone at their own desk.
import { Navigate } from "react-router-dom";
import { type Role, useSession } from "@/session/session";

const desks: [Role, string][] = [
  ["screener", "/screening"],
  ["ombudsman", "/appeals"],
  ["operator", "/hub"],
];

export function Home() {
  const { session, has } = useSession();
  const own = desks.find(([role]) => has(role));
  const elsewhere = session.account.roles.some((role) => !desks.some(([desk]) => desk === role));
  return <Navigate to={own && !elsewhere ? own[1] : "/projects"} replace />;
}
