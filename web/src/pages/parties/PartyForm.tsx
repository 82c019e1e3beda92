// A person or an organisation: to add one, or to change it.
import { Button, Group, Modal, Select, SegmentedControl, SimpleGrid, Stack, Switch, Textarea, TextInput } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { currentLocale } from "@/i18n";
import "@/texts/parties";
import "@/texts/states";

type Party = Schemas["Party"];
type Kind = Schemas["PartyKind"];
export const kinds: Kind[] = ["person", "outlet", "employer", "supplier", "other"];

interface Props {
  opened: boolean;
  onClose: () => void;
  party?: Party;
  /** A new one's parent. */
  parent?: Party;
  onSaved?: (party: Party) => void;
}

export function PartyForm(props: Props) {
  const { t } = useTranslation("parties");
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.party ? t("editTitle") : t("add")} size="lg">
      {props.opened && <Fields {...props} />}
    </Modal>
  );
}

function Fields({ party, parent, onClose, onSaved }: Props) {
  const { t } = useTranslation("parties");
  const { t: states } = useTranslation("states");
  const { t: common } = useTranslation();
  const form = useForm({
    initialValues: {
      kind: party?.kind ?? ("person" as Kind),
      name: party?.name ?? "",
      parent: party?.parent ?? parent?.id ?? null,
      parent_name: "",
      job_title: party?.job_title ?? "",
      email: party?.email ?? "",
      phone: party?.phone ?? "",
      locale: party?.locale ?? currentLocale(),
      may_bind: party?.may_bind ?? false,
      notes: party?.notes ?? "",
    },
    validate: {
      name: isNotEmpty(common("required")),
      email: (value) => (value === "" || /^\S+@\S+$/.test(value.trim()) ? null : common("invalidEmail")),
    },
  });
  const person = form.values.kind === "person";
  const save = useAct(
    ({ kind, parent_name, ...values }: typeof form.values) => {
      const request = { ...values, name: values.name.trim(), email: values.email.trim(), may_bind: kind === "person" && values.may_bind };
      const newParent = !values.parent && parent_name.trim() ? { parent_name: parent_name.trim() } : {};
      return party
        ? body(api.PATCH("/parties/{party}", { params: { path: { party: party.id } }, body: request }))
        : body(api.POST("/parties", { body: { kind, ...request, ...newParent } }));
    },
    {
      done: party ? t("saved") : t("added"),
      refresh: ["parties", "party"],
      onSuccess: (saved) => {
        onSaved?.(saved);
        onClose();
      },
    },
  );
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack>
        {!party && (
          <SegmentedControl
            aria-label={t("kind")}
            fullWidth
            data={kinds.map((kind) => ({ value: kind, label: states(`partyKind.${kind}`) }))}
            value={form.values.kind}
            onChange={(kind) => form.setFieldValue("kind", kind as Kind)}
          />
        )}
        <TextInput label={common("name")} required data-autofocus maxLength={200} {...form.getInputProps("name")} />
        <ParentSelect
          label={person ? t("personOf") : t("supplierOf")}
          description={person ? undefined : t("supplierOfHint")}
          value={form.values.parent}
          known={party?.parent ? { id: party.parent, name: party.parent_name ?? "" } : parent}
          not={party?.id}
          onChange={(id) => form.setFieldValue("parent", id)}
        />
        {!party && !form.values.parent && person && (
          <TextInput label={t("parentName")} description={t("newOrganisation")} maxLength={200} {...form.getInputProps("parent_name")} />
        )}
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput label={common("email")} type="email" maxLength={254} {...form.getInputProps("email")} />
          <TextInput label={common("phone")} type="tel" maxLength={40} {...form.getInputProps("phone")} />
          {person && <TextInput label={t("jobTitle")} maxLength={200} {...form.getInputProps("job_title")} />}
          <Select
            label={t("locale")}
            allowDeselect={false}
            data={[
              { value: "en", label: "English" },
              { value: "zh", label: "中文" },
            ]}
            {...form.getInputProps("locale")}
          />
        </SimpleGrid>
        {person && <Switch label={t("mayBind")} description={t("mayBindHint")} {...form.getInputProps("may_bind", { type: "checkbox" })} />}
        <Textarea label={t("notes")} description={t("notesHint")} autosize minRows={2} maxLength={4000} {...form.getInputProps("notes")} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {party ? common("save") : common("add")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface ParentProps {
  label: string;
  description?: string;
  value: string | null;
  known?: { id: string; name: string };
  not?: string;
  onChange: (id: string | null) => void;
}

/** An organisation, found by typing. */
function ParentSelect({ label, description, value, known, not, onChange }: ParentProps) {
  const [typed, setTyped] = useState("");
  const [search] = useDebouncedValue(typed, 250);
  const found = useQuery({
    queryKey: ["parties", "organisations", search],
    queryFn: ({ signal }) => body(api.GET("/parties", { signal, params: { query: { ...(search ? { search } : {}), limit: 100, sort: "name" } } })),
    placeholderData: keepPreviousData,
  });
  const options = new Map(
    (found.data?.items ?? []).filter(({ kind, id }) => kind !== "person" && id !== not).map(({ id, name }) => [id, name] as const),
  );
  if (known) options.set(known.id, known.name);
  return (
    <Select
      label={label}
      description={description}
      data={[...options].map(([id, name]) => ({ value: id, label: name }))}
      value={value}
      onChange={onChange}
      searchable
      clearable
      searchValue={typed}
      onSearchChange={setTyped}
    />
  );
}
