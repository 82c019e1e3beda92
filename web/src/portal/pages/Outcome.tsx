// After signing or declining: in force, waiting for the others, or closed; what one may and may not do; the PDF.
import { Button, Card, Group, Stack, Text, ThemeIcon, Title } from "@mantine/core";
import { IconArrowRight, IconBan, IconCheck, IconDownload, IconHourglass, IconUserPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { EmbargoCard } from "../parts/Embargo";
import { Scope } from "../parts/Scope";
import { canOpen, useCopies, type Home, type RecipientCommitment } from "../session";
import classes from "../portal.module.css";

function Signatories({ commitment }: { commitment: RecipientCommitment }) {
  const { t } = useTranslation("portal");
  return (
    <Stack gap={10} component="ul" m={0} p={0} style={{ listStyle: "none" }}>
      {commitment.signatories.map((signatory) => (
        <Group key={`${signatory.role}-${signatory.name}`} component="li" gap={10} wrap="nowrap">
          <ThemeIcon radius="xl" size={28} variant="light" color={signatory.signed ? "teal" : "gray"}>
            {signatory.signed ? <IconCheck size={16} aria-hidden /> : <IconHourglass size={16} aria-hidden />}
          </ThemeIcon>
          <div>
            <Text fw={550} lh={1.3}>{signatory.name}</Text>
            <Text size="sm" c="dimmed">{t(`role.${signatory.role}`)} · {t(signatory.signed ? "outcome.hasSigned" : "outcome.toSign")}</Text>
          </div>
        </Group>
      ))}
    </Stack>
  );
}

function Document({ commitment }: { commitment: RecipientCommitment }) {
  const { t } = useTranslation("portal");
  return (
    <Button component="a" href={`/api/v1/recipient/commitments/${commitment.id}/document`} download={`${commitment.number}.pdf`} variant="default" size="md" fullWidth leftSection={<IconDownload size={18} aria-hidden />}>
      {t(commitment.state === "in_force" ? "outcome.sealedPdf" : "outcome.pdf")}
    </Button>
  );
}

function NextAfterSigning({ commitment }: { commitment: RecipientCommitment }) {
  const { t } = useTranslation("portal");
  const copies = useCopies();
  const items = copies.data?.items ?? [];
  const count = items.length;
  if (commitment.role === "company") return null;
  if (count === 0) return <Text size="sm" c="dimmed">{t("outcome.noCopies")}</Text>;
  // A single one that can be opened is opened: its page says the same of it as the gallery.
  const [only] = items;
  const to = count === 1 && only !== undefined && canOpen(only) ? `/r/copies/${only.id}` : "/r/copies";
  return <Button component={Link} to={to} size="lg" fullWidth rightSection={<IconArrowRight size={20} aria-hidden />}>{t("outcome.openCopies", { count })}</Button>;
}

function InForce({ commitment }: { commitment: RecipientCommitment }) {
  const { t } = useTranslation("portal");
  return (
    <Card padding="lg">
      <Stack gap="md" align="center" ta="center">
        <div className={classes.success} aria-hidden="true"><IconCheck size={36} stroke={2.6} /></div>
        <div role="status">
          <Title order={2}>{t("outcome.inForce")}</Title>
          <Text mt={4} c="dimmed">{t("outcome.inForceText")}</Text>
        </div>
        <NextAfterSigning commitment={commitment} />
        <Document commitment={commitment} />
      </Stack>
    </Card>
  );
}

function WaitingForOthers({ commitment }: { commitment: RecipientCommitment }) {
  const { t } = useTranslation("portal");
  const signed = commitment.signatories.find((one) => one.role === commitment.role)?.signed ?? false;
  // All have signed, yet it waits: for the commitment of the company one tier above.
  const all = commitment.signatories.every((one) => one.signed);
  return (
    <Card padding="lg">
      <Stack gap="md">
        <div role="status">
          <Title order={2}>{t(all ? "outcome.waitingAbove" : signed ? "outcome.waiting" : "home.notYet")}</Title>
          <Text mt={4} c="dimmed">{all ? t("outcome.waitingAboveText") : signed ? t("outcome.waitingText") : t("home.notYetText", { title: commitment.title })}</Text>
        </div>
        <Signatories commitment={commitment} />
        <Document commitment={commitment} />
      </Stack>
    </Card>
  );
}

function Closed({ commitment }: { commitment: RecipientCommitment }) {
  const { t } = useTranslation("portal");
  const kind = commitment.state === "declined" || commitment.state === "expired" || commitment.state === "revoked" || commitment.state === "breached" || commitment.state === "replaced" ? commitment.state : "expired";
  return (
    <Card padding="lg">
      <Stack gap="md">
        <ThemeIcon size={52} radius="xl" variant="light" color="gray"><IconBan size={28} aria-hidden /></ThemeIcon>
        <div role="status">
          <Title order={2}>{t(`state.${kind}`)}</Title>
          <Text mt={4}>{t(`outcome.closed.${kind}`, { sender: commitment.sender })}</Text>
        </div>
        <Document commitment={commitment} />
      </Stack>
    </Card>
  );
}

export function Outcome({ commitment, home }: { commitment: RecipientCommitment; home: Home }) {
  const { t } = useTranslation("portal");
  const alive = commitment.state === "in_force" || commitment.state === "signed";
  if (!alive && commitment.step !== "wait") return <Closed commitment={commitment} />;
  const mayInvite = commitment.may_invite_colleagues === true && commitment.role === "recipient";
  return (
    <Stack gap="md">
      {commitment.state === "in_force" ? <InForce commitment={commitment} /> : <WaitingForOthers commitment={commitment} />}
      {commitment.embargo_at ? <EmbargoCard label="" at={commitment.embargo_at} zone={commitment.embargo_zone ?? "UTC"} /> : null}
      {commitment.terms ? (
        <Card padding="lg">
          <Title order={2} mb="md">{t("scope.title")}</Title>
          <Scope terms={commitment.terms} sender={home.sender} mayInvite={mayInvite} />
        </Card>
      ) : null}
      {mayInvite ? <Button component={Link} to={`/r/invite?commitment=${commitment.id}`} variant="default" leftSection={<IconUserPlus size={18} aria-hidden />}>{t("invite.button")}</Button> : null}
    </Stack>
  );
}
