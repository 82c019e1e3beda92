// Removal for good, on a court's order or after the case was overturned: one person asks, another says the same or refuses.
import { Alert, Button, Group, List, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBan, IconTrashX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { askReason } from "@/parts/ask";
import { FormDialog, missing } from "@/parts/FormDialog";
import { dateTime } from "@/parts/times";

type Detail = Schemas["StatementDetail"];
type Grounds = Schemas["TombstoneRequest"]["grounds"];
const refresh = ["statements", "statement", "case", "dashboard"];

/** What is lost and what everybody can still see: the same words wherever it is decided. */
export function WhatStays() {
  const { t } = useTranslation("statements");
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
      {(["goes", "stays"] as const).map((part) => (
        <div key={part}>
          <Text size="sm" fw={600} mb={4}>
            {t(`removal.${part}`)}
          </Text>
          <List size="sm" spacing={2}>
            {(part === "goes" ? (["document", "words", "opening"] as const) : (["note", "address", "entry", "chain"] as const)).map((one) => (
              <List.Item key={one}>{t(`removal.${one}`)}</List.Item>
            ))}
          </List>
        </div>
      ))}
    </SimpleGrid>
  );
}

interface DialogProps {
  detail: Detail;
  opened: boolean;
  onClose: () => void;
}

function NumberField({ number, ...rest }: { number: string } & Record<string, unknown>) {
  const { t } = useTranslation("statements");
  return (
    <TextInput
      label={t("tombstoneNumber")}
      description={
        <Text span inherit className="figures">
          {number}
        </Text>
      }
      required
      autoComplete="off"
      {...rest}
    />
  );
}

export function AskRemoval({ detail, opened, onClose }: DialogProps) {
  const { t } = useTranslation("statements");
  const { t: common } = useTranslation();
  const { number, id } = detail.statement;
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("tombstoneTitle", { number })}
      text={t("tombstoneText")}
      submit={t("tombstone")}
      danger
      size="lg"
      initial={() => ({ number: "", grounds: "court_order" as Grounds, reason: "" })}
      validate={(values) => ({ ...missing(values, ["reason"], common("required")), ...(values.number.trim() !== number ? { number: t("tombstoneMismatch") } : {}) })}
      run={(values) => body(api.POST("/statements/{statement}/tombstone", { params: { path: { statement: id } }, body: { ...values, number: values.number.trim(), reason: values.reason.trim() } }))}
      done={t("removalAsked")}
      refresh={refresh}
    >
      {(form) => (
        <Stack>
          <WhatStays />
          <Select label={t("groundsLabel")} allowDeselect={false} data={(["court_order", "overturned"] as const).map((value) => ({ value, label: t(`grounds.${value}`) }))} {...form.getInputProps("grounds")} />
          <Textarea label={t("tombstoneReason")} description={t("tombstoneReasonHint")} required autosize minRows={2} maxLength={1000} {...form.getInputProps("reason")} />
          <NumberField number={number} {...form.getInputProps("number")} />
        </Stack>
      )}
    </FormDialog>
  );
}

/** A request that waits for another person; whoever asked may take it back. */
export function RemovalRequest({ detail }: { detail: Detail }) {
  const { t } = useTranslation("statements");
  const [removing, remove] = useDisclosure();
  const asked = detail.removal_request;
  const { id } = detail.statement;
  const refuse = useAct((reason: string) => body(api.POST("/statements/{statement}/tombstone/refuse", { params: { path: { statement: id } }, body: { reason } })), {
    done: asked?.own ? t("removalTaken") : t("removalRefused"),
    refresh,
    quiet: true,
  });
  if (!asked) return null;
  const mayDecide = detail.may.includes("tombstone");
  return (
    <Alert color="red" icon={<IconTrashX size={18} />} title={t("removalWaits")}>
      <Stack gap="md">
        <div>
          <Text size="sm">{t("removalBy", { name: asked.by, time: dateTime(asked.at) })}</Text>
          <Text size="sm" mt={4}>
            {t(`grounds.${asked.grounds}`)}: <q>{asked.reason}</q>
          </Text>
        </div>
        <WhatStays />
        {mayDecide && asked.own && (
          <Group gap="sm">
            <Text size="sm" flex="1 1 240px">
              {t("removalOwn")}
            </Text>
            <Button size="sm" variant="default" onClick={() => askReason({ title: t("removalTakeTitle"), text: t("removalTakeText"), confirm: t("removalTake"), run: (reason) => refuse.mutateAsync(reason) })}>
              {t("removalTake")}
            </Button>
          </Group>
        )}
        {mayDecide && !asked.own && (
          <Group gap="sm">
            <Button size="sm" color="red" leftSection={<IconTrashX size={16} />} onClick={remove.open}>
              {t("removalAgree")}
            </Button>
            <Button size="sm" variant="default" leftSection={<IconBan size={16} />} onClick={() => askReason({ title: t("removalRefuseTitle"), text: t("removalRefuseText", { name: asked.by }), confirm: t("removalRefuse"), run: (reason) => refuse.mutateAsync(reason) })}>
              {t("removalRefuse")}
            </Button>
          </Group>
        )}
      </Stack>
      <AgreeToRemoval detail={detail} asked={asked} opened={removing} onClose={remove.close} />
    </Alert>
  );
}

/** The second person says the very same, and types the number again: nothing brings the document back. */
function AgreeToRemoval({ detail, asked, opened, onClose }: DialogProps & { asked: NonNullable<Detail["removal_request"]> }) {
  const { t } = useTranslation("statements");
  const { number, id } = detail.statement;
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("removalAgreeTitle", { number })}
      text={t("removalAgreeText", { name: asked.by })}
      submit={t("removalAgree")}
      danger
      size="lg"
      initial={() => ({ number: "" })}
      validate={(values) => (values.number.trim() !== number ? { number: t("tombstoneMismatch") } : {})}
      run={(values) => body(api.POST("/statements/{statement}/tombstone", { params: { path: { statement: id } }, body: { number: values.number.trim(), grounds: asked.grounds, reason: asked.reason } }))}
      done={t("removed")}
      refresh={refresh}
    >
      {(form) => (
        <Stack>
          <Alert color="gray" title={t(`grounds.${asked.grounds}`)}>
            {asked.reason}
          </Alert>
          <WhatStays />
          <NumberField number={number} {...form.getInputProps("number")} />
        </Stack>
      )}
    </FormDialog>
  );
}
