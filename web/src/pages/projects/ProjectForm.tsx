// A project's name, people in charge and embargoes: to make one, or to change it.
import { ActionIcon, Button, Card, Group, Input, Modal, MultiSelect, Stack, Textarea, TextInput, Tooltip } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, body, type Schemas } from "@/api/client";
import { useAct } from "@/api/act";
import { ownZone } from "@/parts/times";
import { ZonedTimeInput } from "@/parts/ZonedTimeInput";
import { useSession } from "@/session/session";

type Project = Schemas["Project"];
interface EmbargoRow {
  id?: string;
  key: string;
  label: string;
  at: string | null;
  zone: string;
}

interface Props {
  opened: boolean;
  onClose: () => void;
  project?: Project;
  onSaved?: (project: Project) => void;
}

export function ProjectForm(props: Props) {
  const { t } = useTranslation("projects");
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.project ? t("edit") : t("create")} size="lg">
      {props.opened && <Fields {...props} />}
    </Modal>
  );
}

function Fields({ onClose, project, onSaved }: Props) {
  const { t } = useTranslation("projects");
  const { t: common } = useTranslation();
  const { session } = useSession();
  const form = useForm({
    initialValues: {
      name: project?.name ?? "",
      description: project?.description ?? "",
      people: project?.people.map(({ id }) => id) ?? [session.account.id],
      embargoes: (project?.embargoes ?? []).map((embargo): EmbargoRow => ({ ...embargo, key: embargo.id })),
    },
    validate: {
      name: isNotEmpty(common("required")),
      embargoes: {
        label: isNotEmpty(common("required")),
        at: isNotEmpty(common("required")),
      },
    },
  });
  const accounts = useQuery({
    queryKey: ["accounts", "people"],
    queryFn: ({ signal }) => body(api.GET("/accounts", { signal, params: { query: { limit: 500 } } })),
    retry: false,
  });
  const people = new Map([
    ...(project?.people ?? []).map(({ id, name }) => [id, name] as const),
    ...(accounts.data?.items ?? []).filter(({ state }) => state !== "disabled").map(({ id, name }) => [id, name] as const),
    [session.account.id, session.account.name] as const,
  ]);

  const save = useAct(
    (values: typeof form.values) => {
      const request = {
        name: values.name.trim(),
        description: values.description.trim(),
        people: values.people,
        embargoes: values.embargoes.map(({ id, label, at, zone }) => ({ ...(id ? { id } : {}), label: label.trim(), at: at ?? "", zone })),
      };
      return project
        ? body(api.PATCH("/projects/{project}", { params: { path: { project: project.id } }, body: request }))
        : body(api.POST("/projects", { body: request }));
    },
    {
      done: project ? t("changed") : t("created"),
      refresh: ["projects", "project"],
      onSuccess: (saved) => {
        onSaved?.(saved);
        onClose();
      },
    },
  );
  const addEmbargo = () =>
    form.insertListItem("embargoes", { key: `new-${Date.now()}`, label: "", at: null, zone: session.zone ?? ownZone });

  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack>
        <TextInput label={t("nameLabel")} placeholder={t("namePlaceholder")} required data-autofocus maxLength={200} {...form.getInputProps("name")} />
        <Textarea label={t("description")} autosize minRows={2} maxLength={4000} {...form.getInputProps("description")} />
        <MultiSelect
          label={t("people")}
          description={t("peopleHint")}
          data={[...people].map(([value, label]) => ({ value, label }))}
          searchable
          hidePickedOptions
          {...form.getInputProps("people")}
        />
        <Input.Wrapper label={t("embargoes")} description={t("embargoesHint")} labelElement="div">
          <Stack gap="sm" mt={8}>
            {form.values.embargoes.map((embargo, index) => (
              <Card key={embargo.key} padding="sm">
                <Stack gap="xs">
                  <Group align="flex-end" wrap="nowrap" gap="xs">
                    <TextInput flex={1} label={t("embargoLabel")} placeholder={t("embargoPlaceholder")} required maxLength={200} {...form.getInputProps(`embargoes.${index}.label`)} />
                    <Tooltip label={t("removeEmbargo")}>
                      <ActionIcon variant="subtle" color="gray" size={36} aria-label={t("removeEmbargo")} onClick={() => form.removeListItem("embargoes", index)}>
                        <IconTrash size={16} />
                      </ActionIcon>
                    </Tooltip>
                  </Group>
                  <ZonedTimeInput
                    label={t("embargoAt")}
                    required
                    future
                    at={embargo.at}
                    zone={embargo.zone}
                    error={form.errors[`embargoes.${index}.at`]}
                    onChange={(at, zone) => {
                      form.setFieldValue(`embargoes.${index}.at`, at);
                      form.setFieldValue(`embargoes.${index}.zone`, zone);
                    }}
                  />
                </Stack>
              </Card>
            ))}
            <Button variant="default" size="xs" leftSection={<IconPlus size={14} />} onClick={addEmbargo} style={{ alignSelf: "flex-start" }}>
              {t("addEmbargo")}
            </Button>
          </Stack>
        </Input.Wrapper>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {project ? common("save") : t("create")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
