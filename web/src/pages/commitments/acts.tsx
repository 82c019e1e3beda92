// What can be done with a commitment, and when.
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { ask, askReason } from "@/parts/ask";
import { ZonedTimeInput } from "@/parts/ZonedTimeInput";
import "@/texts/commitments";

export type Commitment = Schemas["Commitment"];
type State = Commitment["state"];

const open: State[] = ["sent", "opened", "signed"];
export const may = {
  send: (state: State) => state === "draft",
  link: (state: State) => open.includes(state) || state === "in_force",
  remind: (state: State) => open.includes(state),
  extend: (state: State) => open.includes(state) || state === "expired",
  replace: (state: State) => open.includes(state) || state === "in_force" || state === "declined" || state === "expired",
  breach: (state: State) => state === "in_force",
  revoke: (state: State) => open.includes(state) || state === "in_force" || state === "draft",
};

const concerned = ["commitments", "commitment", "projects", "project", "deliveries", "outbox", "activity"];

export function useCommitmentActs(commitment: Commitment) {
  const { t } = useTranslation("commitments");
  const path = { params: { path: { commitment: commitment.id } } };
  const send = useAct(() => body(api.POST("/commitments/{commitment}/send", path)), { done: t("sentOne"), refresh: concerned });
  const remind = useAct(() => body(api.POST("/commitments/{commitment}/remind", path)), { done: t("reminded"), refresh: concerned });
  const revoke = useAct((reason: string) => body(api.POST("/commitments/{commitment}/revoke", { ...path, body: { reason } })), {
    done: t("revoked"),
    refresh: concerned,
    quiet: true,
  });
  const breach = useAct((reason: string) => body(api.POST("/commitments/{commitment}/breach", { ...path, body: { reason } })), {
    done: t("breachDone"),
    refresh: concerned,
    quiet: true,
  });
  const { number } = commitment;
  return {
    remind,
    send: () => ask({ title: `${t("sendDraft")}: ${number}`, text: t("sendDraftText"), confirm: t("sendDraft"), run: () => send.mutateAsync(undefined) }),
    revoke: () =>
      askReason({
        title: t("revokeTitle", { number }),
        text: t("revokeText"),
        confirm: t("revoke"),
        danger: true,
        run: (reason) => revoke.mutateAsync(reason),
      }),
    breach: () =>
      askReason({
        title: t("breachTitle", { number }),
        text: t("breachText"),
        confirm: t("breached"),
        danger: true,
        run: (reason) => breach.mutateAsync(reason),
      }),
  };
}

export function ExtendDialog({ commitment, opened, onClose }: { commitment: Commitment; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("commitments");
  const { t: common } = useTranslation();
  const [until, setUntil] = useState<string | null>(commitment.sign_by ?? null);
  const extend = useAct(
    (value: string | null) => body(api.POST("/commitments/{commitment}/extend", { params: { path: { commitment: commitment.id } }, body: { until: value } })),
    { done: t("extended"), refresh: concerned, onSuccess: onClose },
  );
  return (
    <Modal opened={opened} onClose={onClose} title={t("extendTitle")}>
      <Stack>
        <ZonedTimeInput label={t("signByAt")} at={until} zone="" fixedZone future onChange={setUntil} />
        {until === null && (
          <Text size="sm" c="dimmed">
            {t("extendNone")}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button loading={extend.isPending} onClick={() => extend.mutate(until)}>
            {t("extend")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
