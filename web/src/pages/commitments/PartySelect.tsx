// One party, found by typing.
import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { api, body, type Schemas } from "@/api/client";

interface Props {
  label: string;
  description?: string;
  required?: boolean;
  value: string | null;
  error?: ReactNode;
  onChange: (party: string | null) => void;
  only?: (party: Schemas["Party"]) => boolean;
}

export function PartySelect({ only, ...props }: Props) {
  const [typed, setTyped] = useState("");
  const [search] = useDebouncedValue(typed, 250);
  const found = useQuery({
    queryKey: ["parties", "select", search],
    queryFn: ({ signal }) => body(api.GET("/parties", { signal, params: { query: { ...(search ? { search } : {}), limit: 50, sort: "name" } } })),
    placeholderData: keepPreviousData,
  });
  const options = (found.data?.items ?? []).filter((party) => only?.(party) ?? true);
  return (
    <Select
      {...props}
      data={options.map(({ id, name, parent_name }) => ({ value: id, label: parent_name ? `${name} (${parent_name})` : name }))}
      searchable
      clearable={!props.required}
      onSearchChange={setTyped}
      // The server has searched already, in ways that a comparison of letters has not.
      filter={({ options: all }) => all}
    />
  );
}
