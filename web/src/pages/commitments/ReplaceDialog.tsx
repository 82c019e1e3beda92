// A changed commitment: new terms, a new version, a new signature.
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router-dom";
import { useAct } from "@/api/act";
import { api, body } from "@/api/client";
import { useSession } from "@/session/session";
import { ownZone } from "@/parts/times";
import type { Commitment } from "./acts";
import { type Terms, termsFit, termsToSend } from "./terms";
import { TermsForm } from "./TermsForm";

const plain: Terms = { channels: [], liable: "both", sub_suppliers_sign: true };

export function ReplaceDialog({ commitment, onClose }: { commitment: Commitment; onClose: () => void }) {
  const { t } = useTranslation("commitments");
  const { t: common } = useTranslation();
  const { session } = useSession();
  const navigate = useNavigate();
  const [terms, setTerms] = useState<Terms>(commitment.terms ?? plain);
  const project = useQuery({
    queryKey: ["project", commitment.project],
    queryFn: ({ signal }) => body(api.GET("/projects/{project}", { signal, params: { path: { project: commitment.project } } })),
  });
  const replace = useAct(
    () =>
      body(
        api.POST("/commitments/{commitment}/replace", {
          params: { path: { commitment: commitment.id } },
          body: { terms: termsToSend(terms), send: true },
        }),
      ),
    {
      done: t("replaced"),
      refresh: ["commitments", "commitment", "project", "projects", "outbox"],
      onSuccess: (made) => {
        onClose();
        navigate(`/commitments/${made.id}`);
      },
    },
  );
  return (
    <Modal opened onClose={onClose} title={t("replaceTitle", { number: commitment.number })} size="xl">
      <Stack>
        <Text size="sm" c="dimmed">
          {t("replaceText")}
        </Text>
        <TermsForm terms={terms} onChange={setTerms} embargoes={project.data?.embargoes} zone={session.zone ?? ownZone} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button disabled={!termsFit(terms)} loading={replace.isPending} onClick={() => replace.mutate(undefined)}>
            {t("replace")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

