// One bulletin: what it says, what may be done with it, who met it too, and what members answered.
import { ActionIcon, Alert, Badge, Button, Card, Center, Grid, Group, Image, List, Loader, Menu, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBriefcase2, IconCloudOff, IconDots, IconPencil, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router-dom";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { Facts } from "@/parts/Facts";
import { Failure } from "@/parts/Failure";
import { PageHeader } from "@/parts/PageHeader";
import { said } from "@/parts/said";
import { Tlp } from "@/parts/Tlp";
import { dateTime } from "@/parts/times";
import { useMay } from "@/session/permissions";
import { type BulletinView, concerned } from "./acts";
import { CorrectDialog, WithdrawDialog } from "./BulletinDialogs";
import { JointDialog } from "./JointDialog";
import { OutLink } from "./OutLink";
import { Sightings, Thread } from "./Voices";

export function Component() {
  const { t: common } = useTranslation();
  const { bulletin: id = "" } = useParams();
  const query = useQuery({
    queryKey: ["bulletin", id],
    queryFn: ({ signal }) => body(api.GET("/bulletins/{bulletin}", { signal, params: { path: { bulletin: id } } })),
    refetchInterval: 30_000,
  });
  if (query.data) return query.data.state === "withdrawn" ? <Gone found={query.data} /> : <Page found={query.data} />;
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return <Center mih={240}><Loader role="status" aria-label={common("loading")} /></Center>;
}

function Gone({ found }: { found: BulletinView }) {
  const { t } = useTranslation("bulletins");
  const reason = found.withdrawn_as ? t(`withdrawnAs.${found.withdrawn_as}`) : "";
  return (
    <>
      <PageHeader title={found.number} back={{ to: "/bulletins", label: t("title") }} />
      <Card><EmptyState icon={IconTrash} title={t("state.withdrawn")} text={t("withdrawnText", { time: found.withdrawn_at ? dateTime(found.withdrawn_at) : "", reason })} /></Card>
    </>
  );
}

/** Opened means read: the author learns that this account read this version. */
function useReceipt({ id, version, read, is_own }: BulletinView) {
  const receipt = useAct(() => api.POST("/bulletins/{bulletin}/read", { params: { path: { bulletin: id } } }), { refresh: ["bulletins"], quiet: true });
  useEffect(() => {
    if (read === false && !is_own) receipt.mutate(undefined);
    // Once a version.
  }, [id, version]);
}

function Page({ found }: { found: BulletinView }) {
  const { t } = useTranslation("bulletins");
  const { t: common } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const [correcting, correct] = useDisclosure();
  const [withdrawing, withdraw] = useDisclosure();
  const [joining, join] = useDisclosure();
  useReceipt(found);
  const writes = may("write_bulletins") && !found.as_of;
  const expired = found.expires_at !== undefined && Date.parse(found.expires_at) < Date.now();
  return (
    <>
      <PageHeader
        title={found.title ?? found.number}
        back={{ to: "/bulletins", label: t("title") }}
        badge={<Group gap={6}>{found.tlp && <Tlp label={found.tlp} />}{expired && <Badge color="gray">{t("expired")}</Badge>}</Group>}
        text={[found.number, found.kind && t(`kind.${found.kind}`), found.author ?? t("withheld"), found.published_at && dateTime(found.published_at)].filter(Boolean).join(" · ")}
      >
        {found.joint_case ? (
          <Button component={Link} to={`/joint-cases/${found.joint_case.id}`} variant="default" leftSection={<IconBriefcase2 size={16} />}>{t("jointCase")}</Button>
        ) : (
          writes && <Button variant="default" leftSection={<IconBriefcase2 size={16} />} onClick={join.open}>{t("turnJoint")}</Button>
        )}
        {writes && found.is_own && (
          <Menu position="bottom-end">
            <Menu.Target><ActionIcon variant="default" size="lg" aria-label={common("more")}><IconDots size={18} /></ActionIcon></Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconPencil size={16} />} onClick={correct.open}>{t("correct")}</Menu.Item>
              <Menu.Item leftSection={<IconTrash size={16} />} color="red" onClick={withdraw.open}>{t("withdraw")}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </PageHeader>
      {found.as_of && <Alert color="orange" variant="light" role="status" mb="lg" icon={<IconCloudOff size={18} />} title={t("asOf", { time: dateTime(found.as_of) })}>{t("asOfText")}</Alert>}
      <Grid gutter="lg">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack gap="lg">
            <Card><Text style={{ whiteSpace: "pre-line", overflowWrap: "anywhere", lineHeight: 1.65 }}>{found.text}</Text></Card>
            <Pictures found={found} />
            <Sightings found={found} writes={writes} />
            <Thread found={found} writes={writes} />
            <Versions versions={found.versions ?? []} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack gap="lg">
            {found.allows && <Alert variant="light" title={t("labelText")}>{said(found.allows)}</Alert>}
            <About found={found} />
            {!found.as_of && <Related id={found.id} />}
            {found.readers && <Readers readers={found.readers} />}
          </Stack>
        </Grid.Col>
      </Grid>
      <CorrectDialog found={found} opened={correcting} onClose={correct.close} />
      <WithdrawDialog found={found} opened={withdrawing} onClose={withdraw.close} />
      <JointDialog
        opened={joining}
        onClose={join.close}
        title={t("turnJoint")}
        text={t("turnJointText")}
        run={(contact) => body(api.POST("/bulletins/{bulletin}/joint-case", { params: { path: { bulletin: found.id } }, body: { contact } }))}
        onDone={({ id }) => navigate(`/joint-cases/${id}`)}
        refresh={concerned}
      />
    </>
  );
}

function Pictures({ found }: { found: BulletinView }) {
  const { t } = useTranslation("bulletins");
  if (!found.pictures?.length) return null;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} component="section" aria-label={t("pictures")}>
      {found.pictures.map((picture, at) => (
        <Image key={picture.id} src={`/api/v1/bulletins/${found.id}/pictures/${picture.id}`} width={picture.width_px} height={picture.height_px} alt={t("picture", { number: at + 1, title: found.title })} radius="sm" loading="lazy" style={{ height: "auto" }} />
      ))}
    </SimpleGrid>
  );
}

function About({ found }: { found: BulletinView }) {
  const { t } = useTranslation("bulletins");
  const names = (all: string[] | undefined) => (all?.length ? all.join(", ") : null);
  const audience = found.audience?.kind === "members" ? [found.audience.name, found.audience.members.map(({ name }) => name).join(", ")].filter(Boolean).join(": ") || t("audienceMembers") : t("audienceAll");
  return (
    <Card>
      <Facts
        facts={[
          [t("expires"), found.expires_at && dateTime(found.expires_at)],
          [t("audience"), audience],
          [t("brands"), names(found.brands)],
          [t("products"), names(found.products)],
          [t("accused"), names(found.accused?.map(({ name, credit_code }) => [name, credit_code].filter(Boolean).join(" · ")))],
          [t("mentions"), names(found.mentions)],
        ]}
      />
      {found.links && found.links.length > 0 && (
        <Stack gap={6} mt="md">
          <Title order={2} size="h3">{t("links")}</Title>
          {found.links.map((link) => <OutLink key={link.url} link={link} />)}
          <Text size="xs" c="dimmed">{t("linksText")}</Text>
        </Stack>
      )}
    </Card>
  );
}

function Related({ id }: { id: string }) {
  const { t } = useTranslation("bulletins");
  const related = useQuery({ queryKey: ["bulletin-related", id], queryFn: ({ signal }) => body(api.GET("/bulletins/{bulletin}/related", { signal, params: { path: { bulletin: id } } })) });
  if (!related.data?.items.length) return null;
  return (
    <Card>
      <Title order={2} size="h3" mb="xs">{t("related")}</Title>
      <Stack gap="xs">
        {related.data.items.map(({ bulletin, shares }) => (
          <div key={bulletin.id}>
            <Text component={Link} to={`/bulletins/${bulletin.id}`} size="sm" fw={550}>{bulletin.title ?? bulletin.number}</Text>
            <Text size="xs" c="dimmed">{shares.map(({ kind, value }) => `${t(`shares.${kind}`)}: ${value}`).join(" · ")}</Text>
          </div>
        ))}
      </Stack>
    </Card>
  );
}

function Readers({ readers }: { readers: NonNullable<BulletinView["readers"]> }) {
  const { t } = useTranslation("bulletins");
  return (
    <Card>
      <Title order={2} size="h3">{t("readers")}</Title>
      <Text size="xs" c="dimmed" mb="xs">{t("readersText")}</Text>
      {readers.length === 0 ? (
        <Text size="sm">{t("readersNone")}</Text>
      ) : (
        <List size="sm" listStyleType="none" spacing={4}>
          {readers.map((one) => <List.Item key={one.name}>{one.name} <Text span size="xs" c="dimmed">{t("readersCount", { count: one.accounts })} · {dateTime(one.last_at)}</Text></List.Item>)}
        </List>
      )}
    </Card>
  );
}

function Versions({ versions }: { versions: Schemas["BulletinVersion"][] }) {
  const { t } = useTranslation("bulletins");
  if (versions.length === 0) return null;
  return (
    <Card>
      <Title order={2} size="h3" mb="xs">{t("versions")}</Title>
      <Stack gap="sm">
        {[...versions].reverse().map((one) => (
          <details key={one.version}>
            <summary>{t("version", { version: one.version })} · {dateTime(one.at)}{one.reason && ` · ${one.reason}`}</summary>
            <Text fw={550} mt="xs">{one.content.title}</Text>
            <Text size="sm" style={{ whiteSpace: "pre-line", overflowWrap: "anywhere" }}>{one.content.text}</Text>
          </details>
        ))}
      </Stack>
    </Card>
  );
}
