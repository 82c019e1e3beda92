// One of the accounts of this node. Whoever may not list accounts chooses among the people the page knows already.
import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import { useMay } from "@/session/permissions";
import { type Role, useSession } from "@/session/session";

interface Props {
  label: string;
  description?: string;
  value: string | null;
  onChange: (account: string | null) => void;
  known?: ({ account?: string | null; name: string } | null | undefined)[];
  /** Only accounts with one of these roles, where roles are known. */
  roles?: Role[];
  clearable?: boolean;
  error?: React.ReactNode;
}

export function AccountSelect({ known = [], roles, clearable = true, ...props }: Props) {
  const may = useMay();
  const { session } = useSession();
  const accounts = useQuery({
    queryKey: ["accounts", "people"],
    queryFn: ({ signal }) => body(api.GET("/accounts", { signal, params: { query: { limit: 500 } } })),
    enabled: may("read_accounts"),
    retry: false,
  });
  const own = roles === undefined || roles.some((role) => session.account.roles.includes(role));
  const people = new Map<string, string>(own ? [[session.account.id, session.account.name]] : []);
  for (const one of known) if (one?.account) people.set(one.account, one.name);
  for (const account of accounts.data?.items ?? []) {
    if (account.state === "active" && (roles === undefined || account.roles.some((role) => roles.includes(role)))) people.set(account.id, account.name);
  }
  return <Select {...props} data={[...people].map(([value, label]) => ({ value, label }))} searchable clearable={clearable} allowDeselect={clearable} />;
}
