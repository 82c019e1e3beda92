// One commitment: read, answer, sign or decline, then what became of it. The server says which step it is.
import { Anchor, Badge, Button, Center, Group, Loader, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconFileText } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router-dom";
import { asApiError } from "@/api/errors";
import { AgreementText } from "../parts/AgreementText";
import { PageTitle } from "../parts/PageTitle";
import { Steps } from "../parts/Steps";
import { useDraft } from "../draft";
import { useCommitment, type Home, type RecipientCommitment } from "../session";
import { AnswerStep } from "./AnswerStep";
import { NoticePage } from "./NoticePage";
import { Outcome } from "./Outcome";
import { ReadStep } from "./ReadStep";
import { SignStep } from "./SignStep";
import classes from "../portal.module.css";

/** The text again, while answering or signing. */
function TextAgain({ commitment }: { commitment: RecipientCommitment }) {
  const { t } = useTranslation("portal");
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="subtle" size="compact-md" onClick={open} leftSection={<IconFileText size={18} aria-hidden />}>{t("read.again")}</Button>
      <Modal opened={opened} onClose={close} title={commitment.text.title} size="lg" fullScreen={window.innerWidth < 640} closeButtonProps={{ "aria-label": t("close") }}>
        <AgreementText text={commitment.text} />
      </Modal>
    </>
  );
}

/** For a company's signatory: what they are asked to do, and whom they bind by it. */
function WhomYouBind({ commitment }: { commitment: RecipientCommitment }) {
  const { t } = useTranslation("portal");
  if (commitment.role !== "company") return null;
  return (
    <Text className={classes.bind}>
      {t("company.bind", { organisation: commitment.organisation_name ?? "", person: commitment.party_name })}
    </Text>
  );
}

function Steering({ commitment, home }: { commitment: RecipientCommitment; home: Home }) {
  const [draft, setDraft] = useDraft(commitment.id, commitment.text_hash);
  switch (commitment.step) {
    case "read":
      return <ReadStep commitment={commitment} draft={draft} setDraft={setDraft} />;
    case "answer":
      return <AnswerStep commitment={commitment} draft={draft} setDraft={setDraft} />;
    case "sign":
      return <SignStep commitment={commitment} draft={draft} setDraft={setDraft} />;
    default:
      return <Outcome commitment={commitment} home={home} />;
  }
}

export default function CommitmentPage({ home }: { home: Home }) {
  const { t } = useTranslation("portal");
  const { id = "" } = useParams();
  const { data: commitment, error, refetch } = useCommitment(id);
  if (commitment === undefined) {
    if (error === null) return <Center mih="40dvh"><Loader role="status" aria-label={t("loading")} /></Center>;
    const refusal = asApiError(error);
    return refusal.status === 404 ? <NoticePage kind="lost" /> : <NoticePage kind="trouble" error={refusal} again={() => void refetch()} />;
  }
  const acting = commitment.step === "read" || commitment.step === "answer" || commitment.step === "sign";
  return (
    <div className={classes.narrow}>
      <Stack gap="md">
        {home.pending.length + home.signed.length > 1 || !acting ? <Anchor component={Link} to="/r" size="sm" w="fit-content" py={4}>← {t("backHome")}</Anchor> : null}
        {acting ? <Steps step={commitment.step} /> : null}
        <div>
          <Group gap={8} mb={4}>
            <Text size="sm" c="dimmed">{t("home.from", { project: commitment.project_name, number: commitment.number })}</Text>
            {acting ? null : <Badge color={commitment.state === "in_force" ? "teal" : commitment.state === "signed" ? "blue" : "gray"}>{t(`state.${commitment.state}`)}</Badge>}
          </Group>
          <PageTitle>{commitment.title}</PageTitle>
          <WhomYouBind commitment={commitment} />
          {commitment.step === "answer" || commitment.step === "sign" ? <Group mt={6} ml={-8}><TextAgain commitment={commitment} /></Group> : null}
        </div>
        <Steering key={`${commitment.id}:${commitment.text_hash}`} commitment={commitment} home={home} />
      </Stack>
    </div>
  );
}
