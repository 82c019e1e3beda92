// One party: details, where it stands among the tiers, what it has promised, what it was taught.
import { Anchor, Badge, Breadcrumbs, Button, Card, Group, Modal, SimpleGrid, Stack, Text, Textarea, TextInput, Title } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router-dom";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { ask } from "@/parts/ask";
import { Facts } from "@/parts/Facts";
import { Failure } from "@/parts/Failure";
import { PageHeader } from "@/parts/PageHeader";
import { StateBadge } from "@/parts/States";
import { dateOnly } from "@/parts/times";
import { ZonedTimeInput } from "@/parts/ZonedTimeInput";
import "@/texts/parties";
import "@/texts/states";
import { Tier } from "./PartiesPage";
import { PartyForm } from "./PartyForm";
import { PartyName } from "./PartyName";

type Party = Schemas["Party"];

export function Component() {
  const { t } = useTranslation("parties");
  const { t: states } = useTranslation("states");
  const { t: common } = useTranslation();
  const { party: id = "" } = useParams();
  const navigate = useNavigate();
  const [editing, edit] = useDisclosure();
  const [adding, add] = useDisclosure();
  const query = useQuery({
    queryKey: ["party", id],
    queryFn: ({ signal }) => body(api.GET("/parties/{party}", { signal, params: { path: { party: id } } })),
  });
  const remove = useAct(() => body(api.DELETE("/parties/{party}", { params: { path: { party: id } } })), {
    done: t("removed"),
    refresh: ["parties"],
    quiet: true,
    onSuccess: () => navigate("/parties"),
  });
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return null;
  const { party, ancestors, children } = query.data;
  const askRemove = () =>
    ask({
      title: t("removeTitle", { name: party.name }),
      text: t("removeText"),
      confirm: t("remove"),
      danger: true,
      run: () => remove.mutateAsync(undefined),
    });
  return (
    <>
      <PageHeader
        title={party.name}
        back={{ to: "/parties", label: t("title") }}
        badge={
          <>
            <Badge color="gray">{states(`partyKind.${party.kind}`)}</Badge>
            {party.kind !== "person" && <Tier tier={party.tier} />}
          </>
        }
        text={
          ancestors.length > 0 ? (
            <Breadcrumbs separator="›" separatorMargin={6} component="span">
              {ancestors.map((ancestor) => (
                <Anchor key={ancestor.id} component={Link} to={`/parties/${ancestor.id}`} size="sm">
                  {ancestor.name}
                </Anchor>
              ))}
            </Breadcrumbs>
          ) : undefined
        }
      >
        <Button variant="default" leftSection={<IconPencil size={16} />} onClick={edit.open}>
          {t("edit")}
        </Button>
        <Button variant="default" color="red" leftSection={<IconTrash size={16} />} onClick={askRemove}>
          {t("remove")}
        </Button>
      </PageHeader>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Stack gap="lg">
          <Card>
            <Title order={2} size="h3" mb="sm">
              {t("details")}
            </Title>
            <Facts
              facts={[
                [common("email"), party.email ? <Anchor href={`mailto:${party.email}`} size="sm">{party.email}</Anchor> : null],
                [common("phone"), party.phone],
                [t("jobTitle"), party.job_title],
                [t("locale"), party.locale === "zh" ? "中文" : "English"],
                [t("mayBind"), party.kind === "person" ? (party.may_bind ? common("yes") : common("no")) : null],
                [t("notes"), party.notes],
              ]}
            />
          </Card>
          <Below party={party} people={children} onAdd={add.open} />
        </Stack>
        <Stack gap="lg">
          <Promises party={party.id} />
          <Trainings party={party.id} />
        </Stack>
      </SimpleGrid>
      <PartyForm opened={editing} onClose={edit.close} party={party} />
      <PartyForm opened={adding} onClose={add.close} parent={party} />
    </>
  );
}

function Below({ party, people, onAdd }: { party: Party; people: Party[]; onAdd: () => void }) {
  const { t } = useTranslation("parties");
  if (party.kind === "person" && people.length === 0) return null;
  return (
    <Card>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h3">
          {t("children")}
        </Title>
        <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={onAdd}>
          {t("addChild")}
        </Button>
      </Group>
      {people.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("noChildren")}
        </Text>
      ) : (
        <Stack gap="sm">
          {people.map((child) => (
            <Group key={child.id} justify="space-between" wrap="nowrap">
              <PartyName party={child} />
              {child.kind !== "person" && <Tier tier={child.tier} />}
            </Group>
          ))}
        </Stack>
      )}
    </Card>
  );
}

function Promises({ party }: { party: string }) {
  const { t } = useTranslation("parties");
  const commitments = useQuery({
    queryKey: ["commitments", "party", party],
    queryFn: ({ signal }) => body(api.GET("/commitments", { signal, params: { query: { party, limit: 50, sort: "-created_at" } } })),
  });
  return (
    <Card>
      <Title order={2} size="h3" mb="sm">
        {t("commitments")}
      </Title>
      {commitments.data?.items.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("noCommitments")}
        </Text>
      )}
      <Stack gap="sm">
        {commitments.data?.items.map((commitment) => (
          <Group key={commitment.id} justify="space-between" wrap="nowrap">
            <Stack gap={0} miw={0}>
              <Anchor component={Link} to={`/commitments/${commitment.id}`} size="sm" fw={550} c="inherit">
                {commitment.number}
              </Anchor>
              <Text size="xs" c="dimmed" truncate>
                {commitment.title}
              </Text>
            </Stack>
            <StateBadge of="commitment" state={commitment.state} />
          </Group>
        ))}
      </Stack>
    </Card>
  );
}

function Trainings({ party }: { party: string }) {
  const { t } = useTranslation("parties");
  const [opened, { open, close }] = useDisclosure();
  const trainings = useQuery({
    queryKey: ["trainings", party],
    queryFn: ({ signal }) => body(api.GET("/parties/{party}/trainings", { signal, params: { path: { party } } })),
  });
  return (
    <Card>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h3">
          {t("trainings")}
        </Title>
        <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={open}>
          {t("recordTraining")}
        </Button>
      </Group>
      {trainings.data?.items.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("noTrainings")}
        </Text>
      )}
      <Stack gap="sm">
        {trainings.data?.items.map((training) => (
          <div key={training.id}>
            <Text size="sm" fw={550}>
              {training.title}
            </Text>
            <Text size="xs" c="dimmed">
              {dateOnly(training.given_at)} · {t("recordedBy", { name: training.recorded_by })}
            </Text>
            {training.note && <Text size="sm">{training.note}</Text>}
          </div>
        ))}
      </Stack>
      <Modal opened={opened} onClose={close} title={t("recordTraining")}>
        {opened && <TrainingForm party={party} onClose={close} />}
      </Modal>
    </Card>
  );
}

function TrainingForm({ party, onClose }: { party: string; onClose: () => void }) {
  const { t } = useTranslation("parties");
  const { t: common } = useTranslation();
  const form = useForm({
    initialValues: { title: "", given_at: new Date().toISOString() as string | null, note: "" },
    validate: { title: isNotEmpty(common("required")), given_at: isNotEmpty(common("required")) },
  });
  const record = useAct(
    ({ title, given_at, note }: typeof form.values) =>
      body(
        api.POST("/parties/{party}/trainings", {
          params: { path: { party } },
          body: { title: title.trim(), given_at: given_at ?? "", ...(note.trim() ? { note: note.trim() } : {}) },
        }),
      ),
    { done: t("trainingDone"), refresh: ["trainings", "party", "parties"], onSuccess: onClose },
  );
  return (
    <form onSubmit={form.onSubmit((values) => record.mutate(values))} noValidate>
      <Stack>
        <TextInput label={t("trainingTitle")} placeholder={t("trainingPlaceholder")} required data-autofocus maxLength={200} {...form.getInputProps("title")} />
        <ZonedTimeInput label={t("trainingAt")} at={form.values.given_at} zone="" fixedZone required error={form.errors.given_at} onChange={(at) => form.setFieldValue("given_at", at)} />
        <Textarea label={t("trainingNote")} autosize minRows={2} maxLength={4000} {...form.getInputProps("note")} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button type="submit" loading={record.isPending}>
            {t("recordTraining")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
