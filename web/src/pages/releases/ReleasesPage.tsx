// What the organisation released itself, and the question whether a picture is among it.
import { Alert, Badge, Button, Card, FileInput, Group, Image, List, Loader, Select, Stack, Text, TextInput } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import "@mantine/dropzone/styles.css";
import { useDisclosure } from "@mantine/hooks";
import { IconCircleCheck, IconCircleX, IconPhotoCheck, IconPhotoQuestion, IconPlus } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { SectionHeader } from "@/parts/SectionHeader";
import { askReason } from "@/parts/ask";
import { EmptyState } from "@/parts/EmptyState";
import { Failure } from "@/parts/Failure";
import { FormDialog, missing } from "@/parts/FormDialog";
import { InLogDialog } from "@/parts/InLog";
import { ListTable } from "@/parts/ListTable";
import { Moment } from "@/parts/Moment";
import { PageHeader } from "@/parts/PageHeader";
import { said } from "@/parts/said";
import { StateBadge } from "@/parts/States";
import { dateTime } from "@/parts/times";
import { chunkBody } from "@/parts/uploads";
import { useListState } from "@/parts/useListState";
import { ZonedTimeInput } from "@/parts/ZonedTimeInput";
import { useMay } from "@/session/permissions";
import "@/texts/shoots";

type Release = Schemas["Release"];
const pictures = ["image/jpeg", "image/png", "image/heic", "image/heif", "image/tiff", "image/webp", "image/avif"];
const previewOf = (release: string) => `/api/v1/releases/${release}/preview`;

export function Component() {
  const { t } = useTranslation("shoots");
  const may = useMay();
  const [registering, register] = useDisclosure();
  return (
    <>
      <PageHeader title={t("releases")} text={t("releasesText")}>
        {may("write_shoots") && (
          <Button leftSection={<IconPlus size={16} />} onClick={register.open}>
            {t("register")}
          </Button>
        )}
      </PageHeader>
      <Stack gap="lg">
        <IsOfficial />
        <Releases />
      </Stack>
      <Register opened={registering} onClose={register.close} />
    </>
  );
}

function IsOfficial() {
  const { t } = useTranslation("shoots");
  const ask = useAct((file: File) => body(api.POST("/releases/search", { ...chunkBody(file) })), { quiet: true });
  const asked = ask.variables;
  return (
    <Card>
      <SectionHeader title={t("isOfficial")} text={t("isOfficialText")} />
      <Dropzone onDrop={([file]) => file && ask.mutate(file)} multiple={false} accept={pictures} loading={ask.isPending} p="lg" inputProps={{ "aria-label": t("isOfficial") }}>
        <Group justify="center" gap="md" mih={70} style={{ pointerEvents: "none" }}>
          <IconPhotoQuestion size={34} stroke={1.4} />
          <Text fw={550}>{asked ? t("askAgain") : t("fileChoose")}</Text>
        </Group>
      </Dropzone>
      <div aria-live="polite">
        {ask.isPending && (
          <Group mt="md" gap="sm">
            <Loader size="sm" />
            <Text size="sm">{t("asking")}</Text>
          </Group>
        )}
        {ask.error !== null && (
          <div style={{ marginTop: 16 }}>
            <Failure error={ask.error} />
          </div>
        )}
        {ask.data && !ask.isPending && <Answer name={asked?.name ?? ""} answer={ask.data} />}
      </div>
    </Card>
  );
}

function Answer({ name, answer }: { name: string; answer: Schemas["ReleaseAnswer"] }) {
  const { t } = useTranslation("shoots");
  return (
    <Alert
      mt="md"
      color={answer.official ? "teal" : "gray"}
      icon={answer.official ? <IconCircleCheck size={20} /> : <IconCircleX size={20} />}
      title={answer.official ? `${t("yesOfficial")}${answer.since ? `, ${t("since", { time: dateTime(answer.since) })}` : ""}` : t("notOfficial")}
    >
      <Stack gap="sm">
        <Text size="sm">
          {name && `${name}: `}
          {said(answer)}
        </Text>
        {answer.matches.map((match) => (
          <Group key={match.release.id} wrap="nowrap" align="flex-start">
            <Image src={previewOf(match.release.id)} alt={t("picture", { title: match.release.title })} w={110} h={80} radius="sm" fit="cover" />
            <Stack gap={2}>
              <Group gap="xs">
                <Text size="sm" fw={600}>
                  {match.release.title}
                </Text>
                <Badge color="gray">{t(`match.${match.match}`)}</Badge>
              </Group>
              <Text size="sm">{said(match)}</Text>
              <List size="xs" c="dimmed">
                <List.Item>{t("since", { time: dateTime(match.since) })}</List.Item>
                <List.Item>{t("share", { share: Math.round(100 * match.coverage) })}</List.Item>
              </List>
            </Stack>
          </Group>
        ))}
      </Stack>
    </Alert>
  );
}

function Releases() {
  const { t } = useTranslation("shoots");
  const { t: common } = useTranslation();
  const may = useMay();
  const { t: log } = useTranslation("log");
  const [inLog, setInLog] = useState<Release | null>(null);
  const list = useListState();
  const releases = useQuery({
    queryKey: ["releases", list.query],
    queryFn: ({ signal }) => body(api.GET("/releases", { signal, params: { query: list.query } })),
    placeholderData: keepPreviousData,
  });
  const withdraw = useAct(
    ({ id, reason }: { id: string; reason: string }) => body(api.POST("/releases/{release}/withdraw", { params: { path: { release: id } }, body: { reason } })),
    { done: t("withdrawn"), refresh: ["releases"], quiet: true },
  );
  return (
    <>
      <ListTable
        label={t("releases")}
        list={list}
        query={releases}
        rowId={({ id }) => id}
        empty={<EmptyState icon={IconPhotoCheck} title={t("releasesEmpty")} text={t("releasesText")} />}
        columns={[
          {
            key: "title",
            title: t("name"),
            render: (release: Release) => (
              <Group gap="sm" wrap="nowrap">
                <Image src={previewOf(release.id)} alt="" w={56} h={42} radius="sm" fit="cover" />
                <Stack gap={0} miw={0}>
                  <Text size="sm" fw={550}>
                    {release.title}
                  </Text>
                  <Text size="xs" c="dimmed" lineClamp={1} style={{ overflowWrap: "anywhere" }}>
                    {release.withdrawn_reason || release.where}
                  </Text>
                </Stack>
              </Group>
            ),
          },
          { key: "state", title: common("state"), render: (release) => <StateBadge of="release" state={release.state} /> },
          { key: "released", title: t("releasedAt"), render: ({ released_at }) => <Moment at={released_at} exact /> },
          { key: "by", title: t("registeredBy"), wideOnly: true, render: ({ registered_by }) => registered_by },
          {
            key: "actions",
            title: common("actions"),
            bare: true,
            render: (release) => (
              <Group gap="xs" justify="flex-end" wrap="nowrap">
                {may("read_shoots") && (
                  <Button size="compact-xs" variant="default" aria-label={log("inLogOf", { name: release.title })} onClick={() => setInLog(release)}>
                    {log("inLog")}
                  </Button>
                )}
                {may("write_shoots") && release.state === "registered" && (
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={`${t("withdraw")}: ${release.title}`}
                    onClick={() => askReason({ title: t("withdrawTitle"), text: t("withdrawText"), confirm: t("withdraw"), run: (reason) => withdraw.mutateAsync({ id: release.id, reason }) })}
                  >
                    {t("withdraw")}
                  </Button>
                )}
              </Group>
            ),
          },
        ]}
      />
      {inLog && <InLogDialog subject={inLog.id} name={inLog.title} onClose={() => setInLog(null)} />}
    </>
  );
}

function Register({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("shoots");
  const { t: common } = useTranslation();
  const projects = useQuery({
    queryKey: ["projects", "select"],
    queryFn: ({ signal }) => body(api.GET("/projects", { signal, params: { query: { limit: 200, sort: "name", state: "open" } } })),
    enabled: opened,
  });
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("register")}
      submit={t("register")}
      initial={() => ({ file: null as File | null, title: "", where: "", released_at: new Date().toISOString() as string | null, project: null as string | null })}
      validate={(values) => ({ ...missing(values, ["title", "where", "released_at"], common("required")), ...(values.file ? {} : { file: t("fileMissing") }) })}
      run={({ file, title, where, released_at, project }) =>
        body(
          api.POST("/releases", {
            params: { query: { title: title.trim(), where: where.trim(), released_at: released_at ?? "", ...(file ? { file_name: file.name } : {}), ...(project ? { project } : {}) } },
            ...chunkBody(file ?? new Blob()),
          }),
        )
      }
      done={t("registered")}
      refresh={["releases"]}
    >
      {(form) => (
        <>
          <FileInput label={t("file")} placeholder={t("fileChoose")} required accept={pictures.join(",")} clearable {...form.getInputProps("file")} />
          <TextInput label={t("name")} required maxLength={200} {...form.getInputProps("title")} />
          <TextInput label={t("where")} required maxLength={500} {...form.getInputProps("where")} />
          <ZonedTimeInput label={t("releasedAt")} required fixedZone zone="" at={form.values.released_at} error={form.errors.released_at} onChange={(at) => form.setFieldValue("released_at", at)} />
          <Select label={t("project")} clearable searchable data={(projects.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))} {...form.getInputProps("project")} />
        </>
      )}
    </FormDialog>
  );
}
