// Declining with a reason, from any step before signing.
import { Button, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, body } from "@/api/client";
import { Refusal } from "../parts/Refusal";
import { dropDraft } from "../draft";
import { useAcceptCommitment, useRefusal, type RecipientCommitment } from "../session";

export function DeclineButton({ commitment }: { commitment: RecipientCommitment }) {
  const { t } = useTranslation("portal");
  const [opened, { open, close }] = useDisclosure(false);
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const accept = useAcceptCommitment();
  const refusalOf = useRefusal();
  const decline = useMutation({
    mutationFn: () => body(api.POST("/recipient/commitments/{commitment}/decline", { params: { path: { commitment: commitment.id } }, body: { reason: reason.trim() } })),
    onSuccess: (after) => {
      close();
      dropDraft(commitment.id);
      accept(after);
      window.scrollTo(0, 0);
    },
  });
  return (
    <>
      <Button variant="subtle" color="gray" c="dimmed" onClick={open}>{t("decline.open")}</Button>
      <Modal opened={opened} onClose={close} title={t("decline.title")} closeButtonProps={{ "aria-label": t("close") }}>
        <form noValidate onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (reason.trim() !== "") decline.mutate();
        }}>
          <Stack gap="md">
            <Text size="sm">{t("decline.text", { sender: commitment.sender })}</Text>
            <Textarea data-autofocus label={t("decline.reason")} autosize minRows={3} maxLength={2000} value={reason} onChange={(event) => setReason(event.currentTarget.value)}
              error={tried && reason.trim() === "" ? t("decline.reasonMissing") : undefined} />
            <Refusal error={decline.error ? refusalOf(decline.error) : null} />
            <Button type="submit" color="red" size="md" loading={decline.isPending}>{t("decline.confirm")}</Button>
            <Button variant="default" size="md" onClick={close}>{t("cancel")}</Button>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
