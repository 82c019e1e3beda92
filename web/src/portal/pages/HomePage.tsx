// Home: the one next step, the embargo, own copies, what is signed.
import { Button, Card, Group, Stack, Text, ThemeIcon, Title } from "@mantine/core";
import { IconArrowRight, IconCamera, IconChevronRight, IconCircleCheck, IconFileText, IconHourglass, IconPhoto, IconUserPlus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { useShoots } from "../frames/queries";
import "../frames/texts";
import { EmbargoCard } from "../parts/Embargo";
import { PageTitle } from "../parts/PageTitle";
import { SlipList } from "../parts/SlipList";
import { Steps } from "../parts/Steps";
import { canInvite, serverNow, type CommitmentRow, type Home } from "../session";
import { shortInstant } from "../time";
import classes from "../portal.module.css";

interface NextProps {
  title: string;
  text: string;
  to?: string;
  action?: string;
  children?: ReactNode;
}

function NextCard({ title, text, to, action, children }: NextProps) {
  return (
    <section className={classes.next} aria-labelledby="next-step">
      <Stack gap="md">
        {children}
        <div>
          <Title order={2} id="next-step" size="h2">{title}</Title>
          <Text mt={6} className={classes.nextMeta}>{text}</Text>
        </div>
        {to && action ? (
          <Button component={Link} to={to} size="lg" variant="white" color="dark" c="#0c3a44" fullWidth rightSection={<IconArrowRight size={20} aria-hidden />}>
            {action}
          </Button>
        ) : null}
      </Stack>
    </section>
  );
}

/** Exactly one next step, from what is pending. */
function NextStep({ home, row }: { home: Home; row: CommitmentRow | undefined }) {
  const { t } = useTranslation("portal");
  if (row !== undefined && row.step !== "wait") {
    const company = row.role === "company";
    return (
      <NextCard title={company ? t("home.countersign", { organisation: home.organisation ?? row.title }) : row.title}
        text={t("home.from", { project: row.project_name, number: row.number })} to={`/r/commitments/${row.id}`} action={t(`home.next.${row.step === "answer" || row.step === "sign" ? row.step : "read"}`)}>
        <Steps step={row.step} onLight={false} />
      </NextCard>
    );
  }
  if (row !== undefined && !row.signed_at) return <NextCard title={t("home.notYet")} text={t("home.notYetText", { title: row.title })} />;
  if (row !== undefined) return <NextCard title={t("home.waiting")} text={t("home.waitingText", { title: row.title })} to={`/r/commitments/${row.id}`} action={t("home.see")} />;
  if (home.copies > 0) return <NextCard title={t("home.copiesReady", { count: home.copies })} text={t("home.copiesText", { count: home.copies })} to="/r/copies" action={t("home.openCopies", { count: home.copies })} />;
  return <NextCard title={t("home.nothing")} text={t("home.nothingText", { sender: home.sender })} />;
}

function Row({ to, icon, title, detail }: { to: string; icon: ReactNode; title: string; detail: string }) {
  return (
    <Link to={to} className={classes.rowLink}>
      <ThemeIcon variant="light" size={38} radius="md">{icon}</ThemeIcon>
      <div style={{ flex: 1, minWidth: 0 }}>
        <Text fw={550} lh={1.3}>{title}</Text>
        <Text size="sm" c="dimmed">{detail}</Text>
      </div>
      <IconChevronRight size={18} aria-hidden />
    </Link>
  );
}

function Rows({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card component="section" aria-label={title} padding={0} style={{ overflow: "hidden" }}>
      <Title order={2} size="h3" px="md" pt="md" pb={6}>{title}</Title>
      {children}
    </Card>
  );
}

function detailOf(row: CommitmentRow, t: (key: string, values?: object) => string): string {
  const state = t(`state.${row.state}`);
  return row.signed_at ? t("home.signedAt", { state, when: shortInstant(row.signed_at) }) : `${state} · ${row.number}`;
}

export function HomePage({ home }: { home: Home }) {
  const { t } = useTranslation("portal");
  const active = home.pending.filter((row) => row.step !== "wait");
  const waiting = [...home.pending, ...home.signed].filter((row) => row.step === "wait");
  const [first, ...others] = [...active, ...waiting];
  // What was signed has its own list below.
  const rest = others.filter((row) => !row.signed_at);
  const agreed = home.signed.filter((row) => row.signed_at);
  const closed = home.signed.filter((row) => !row.signed_at);
  const comingUp = [...home.embargoes].sort((a, b) => a.at.localeCompare(b.at));
  const next = comingUp.find((embargo) => Date.parse(embargo.at) > serverNow()) ?? comingUp.at(-1);
  const laterOn = comingUp.filter((embargo) => embargo !== next);
  const mayInvite = home.signed.some(canInvite);
  const { t: frames } = useTranslation("frames");
  const shoots = useShoots().data?.items ?? [];
  const translate = t as (key: string, values?: object) => string;
  return (
    <Stack gap="md">
      <PageTitle name={t("home.title")}>{t("home.hello", { name: home.name })}</PageTitle>
      <div className={classes.columns}>
        <Stack gap="md">
          <NextStep home={home} row={first} />
          {rest.length > 0 ? (
            <Rows title={t("home.alsoPending")}>
              {rest.map((row) => <Row key={row.id} to={`/r/commitments/${row.id}`} icon={row.step === "wait" ? <IconHourglass size={20} aria-hidden /> : <IconFileText size={20} aria-hidden />} title={row.title} detail={`${row.project_name} · ${row.number}`} />)}
            </Rows>
          ) : null}
          {home.copies > 0 && first !== undefined ? (
            <Rows title={t("home.yours")}>
              <Row to="/r/copies" icon={<IconPhoto size={20} aria-hidden />} title={t("home.copiesCount", { count: home.copies })} detail={t("home.copiesIndividual")} />
            </Rows>
          ) : null}
          {agreed.length > 0 ? (
            <Rows title={t("home.signed")}>
              {agreed.map((row) => <Row key={row.id} to={`/r/commitments/${row.id}`} icon={row.step === "wait" ? <IconHourglass size={20} aria-hidden /> : <IconCircleCheck size={20} aria-hidden />} title={row.title} detail={detailOf(row, translate)} />)}
            </Rows>
          ) : null}
          {shoots.length > 0 ? (
            <Rows title={frames("shoots")}>
              {shoots.map((shoot) => <Row key={shoot.id} to={`/r/shoots/${shoot.id}`} icon={<IconCamera size={20} aria-hidden />} title={shoot.title} detail={shoot.frames > 0 ? frames("frames", { count: shoot.frames }) : frames("none")} />)}
            </Rows>
          ) : null}
          {closed.length > 0 ? (
            <Rows title={t("home.closed")}>
              {closed.map((row) => <Row key={row.id} to={`/r/commitments/${row.id}`} icon={<IconFileText size={20} aria-hidden />} title={row.title} detail={detailOf(row, translate)} />)}
            </Rows>
          ) : null}
          <SlipList slips={home.slips ?? []} />
        </Stack>
        <Stack gap="md">
          {next ? <EmbargoCard label={next.label} at={next.at} zone={next.zone} /> : null}
          {laterOn.map((embargo) => <EmbargoCard key={embargo.id} label={embargo.label} at={embargo.at} zone={embargo.zone} calendar={false} />)}
          {mayInvite ? (
            <Card padding="md" component="section" aria-label={t("invite.title")}>
              <Stack gap="sm">
                <Text fw={600}>{t("invite.title")}</Text>
                <Text size="sm" c="dimmed">{t("invite.short")}</Text>
                <Button component={Link} to="/r/invite" variant="default" leftSection={<IconUserPlus size={18} aria-hidden />}>{t("invite.button")}</Button>
              </Stack>
            </Card>
          ) : null}
          {home.sender_contact ? (
            <Group gap={6} px="xs"><Text size="sm" c="dimmed">{t("home.questions")} <a href={`mailto:${home.sender_contact}`} style={{ color: "var(--mantine-color-anchor)" }}>{home.sender_contact}</a></Text></Group>
          ) : null}
        </Stack>
      </div>
    </Stack>
  );
}
