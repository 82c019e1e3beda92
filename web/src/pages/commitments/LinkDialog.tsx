// A fresh link for one signatory: to copy into any messenger, or to scan at the door.
import { Button, Center, Group, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body } from "@/api/client";
import { CopyField } from "@/parts/CopyField";
import { Failure } from "@/parts/Failure";
import { Qr } from "@/parts/Qr";
import { StateBadge } from "@/parts/States";
import { dateTime } from "@/parts/times";
import "@/texts/parts";
import "@/texts/states";
import type { Commitment } from "./acts";

interface Props {
  commitment: Commitment;
  opened: boolean;
  onClose: () => void;
}

export function LinkDialog({ commitment, opened, onClose }: Props) {
  const { t } = useTranslation("commitments");
  return (
    <Modal opened={opened} onClose={onClose} title={t("getLink")}>
      {opened && <Content commitment={commitment} />}
    </Modal>
  );
}

function Content({ commitment }: { commitment: Commitment }) {
  const { t } = useTranslation("commitments");
  const { t: parts } = useTranslation("parts");
  const { t: states } = useTranslation("states");
  const [chosen, setChosen] = useState<string | null>(null);
  const make = useAct(
    (signatory: string) => body(api.POST("/commitments/{commitment}/link", { params: { path: { commitment: commitment.id } }, body: { signatory } })),
    { quiet: true, refresh: ["commitment"] },
  );
  const link = make.data;
  const person = commitment.signatories.find(({ id }) => id === chosen);
  if (!link || !person) {
    return (
      <Stack>
        <Failure error={make.error} />
        {commitment.signatories.map((signatory) => (
          <Group key={signatory.id} justify="space-between" wrap="nowrap">
            <div>
              <Text size="sm" fw={550}>
                {signatory.name}
              </Text>
              <Text size="xs" c="dimmed">
                {states(`signatoryRole.${signatory.role}`)} · {signatory.email}
              </Text>
            </div>
            <Group gap="xs" wrap="nowrap">
              <StateBadge of="signatory" state={signatory.state} />
              <Button
                size="xs"
                variant="default"
                aria-label={`${t("getLink")}: ${signatory.name}`}
                loading={make.isPending && chosen === signatory.id}
                onClick={() => {
                  setChosen(signatory.id);
                  make.mutate(signatory.id);
                }}
              >
                {t("getLink")}
              </Button>
            </Group>
          </Group>
        ))}
        <Text size="xs" c="dimmed">
          {parts("linkText")}
        </Text>
      </Stack>
    );
  }
  return (
    <Stack>
      <Text size="sm">{parts("linkTitle", { name: person.name })}</Text>
      <Center>
        <Qr svg={link.qr_svg} label={parts("qr")} />
      </Center>
      <CopyField label={parts("link")} value={link.link} />
      {link.code && <CopyField label={parts("linkCode")} value={link.code} description={parts("linkCodeHint")} />}
      <Text size="xs" c="dimmed">
        {parts("linkExpires")} {dateTime(link.expires_at)}. {parts("linkText")}
      </Text>
    </Stack>
  );
}
