// Enrolment of an authenticator app: QR code, one code to prove it, recovery codes shown once.
import { Badge, Button, Card, Center, Code, Group, Modal, PinInput, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body } from "@/api/client";
import { ask } from "@/parts/ask";
import { CopyField } from "@/parts/CopyField";
import { Failure } from "@/parts/Failure";
import { Qr } from "@/parts/Qr";
import { useSession } from "@/session/session";

export function SecondFactor() {
  const { t } = useTranslation("admin");
  const { t: common } = useTranslation();
  const { session } = useSession();
  const on = session.account.has_totp;
  const [code, setCode] = useState("");
  const begin = useAct(() => body(api.POST("/account/totp")));
  const confirm = useAct((typed: string) => body(api.PUT("/account/totp", { body: { code: typed } })), {
    refresh: ["session", "accounts"],
    quiet: true,
    onSuccess: () => begin.reset(),
  });
  const remove = useAct(() => body(api.DELETE("/account/totp")), { done: t("own.removed"), refresh: ["session", "accounts"], quiet: true });
  const enrolment = begin.data;
  const stop = () => {
    begin.reset();
    confirm.reset();
    setCode("");
  };
  return (
    <Card>
      <Group justify="space-between">
        <Title order={2} size="h3">
          {t("own.factor")}
        </Title>
        <Badge color={on ? "teal" : "gray"}>{on ? common("yes") : common("no")}</Badge>
      </Group>
      <Text size="sm" c="dimmed" mb="sm">
        {on ? t("own.factorOn") : t("own.factorOff")}
      </Text>
      {on ? (
        <Button
          variant="default"
          style={{ alignSelf: "flex-start" }}
          onClick={() =>
            ask({ title: t("own.removeTitle"), text: t("own.removeText"), confirm: t("own.remove"), danger: true, run: () => remove.mutateAsync(undefined) })
          }
        >
          {t("own.remove")}
        </Button>
      ) : (
        <Button style={{ alignSelf: "flex-start" }} loading={begin.isPending} onClick={() => begin.mutate(undefined)}>
          {t("own.enrol")}
        </Button>
      )}
      <Modal opened={enrolment !== undefined} onClose={stop} title={t("own.enrol")}>
        {enrolment && (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              confirm.mutate(code);
            }}
          >
            <Stack>
              <Text size="sm">{t("own.enrolText")}</Text>
              <Center>
                <Qr svg={enrolment.qr_svg} label={t("own.enrol")} />
              </Center>
              <CopyField label={t("own.secret")} value={enrolment.secret} />
              <Failure error={confirm.error} />
              <Stack gap={4} align="center">
                <Text size="sm" fw={550} component="label">
                  {t("own.code")}
                </Text>
                <PinInput length={6} type="number" oneTimeCode aria-label={t("own.code")} value={code} onChange={setCode} onComplete={(typed) => confirm.mutate(typed)} />
              </Stack>
              <Group justify="flex-end">
                <Button variant="default" onClick={stop}>
                  {common("cancel")}
                </Button>
                <Button type="submit" loading={confirm.isPending} disabled={code.length < 6}>
                  {t("own.confirm")}
                </Button>
              </Group>
            </Stack>
          </form>
        )}
      </Modal>
      <RecoveryCodes codes={confirm.data?.codes ?? null} onClose={stop} />
    </Card>
  );
}

function RecoveryCodes({ codes, onClose }: { codes: string[] | null; onClose: () => void }) {
  const { t } = useTranslation("admin");
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`Probity\n\n${(codes ?? []).join("\n")}\n`)}`;
  return (
    <Modal opened={codes !== null} onClose={onClose} title={t("own.recovery")} closeOnClickOutside={false} closeOnEscape={false} withCloseButton={false}>
      <Stack>
        <Text size="sm">{t("own.recoveryText")}</Text>
        <SimpleGrid cols={2} spacing="xs">
          {codes?.map((code) => (
            <Code key={code} block ta="center" fz="sm">
              {code}
            </Code>
          ))}
        </SimpleGrid>
        <Group justify="flex-end">
          <Button component="a" href={file} download="probity-recovery-codes.txt" variant="default">
            {t("own.recoveryDownload")}
          </Button>
          <Button onClick={onClose}>{t("own.recoveryDone")}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
