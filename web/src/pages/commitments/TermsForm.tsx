// The structured part of a commitment: channels, embargo, amount, who is liable, passing on.
import { Card, Checkbox, Group, Input, Radio, Select, SimpleGrid, Stack, Switch, Text, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { Countdown } from "@/parts/Moment";
import { dateTime, ownZone } from "@/parts/times";
import { ZonedTimeInput } from "@/parts/ZonedTimeInput";
import "@/texts/commitments";
import "@/texts/projects";
import "@/texts/states";
import { amountFits, channels, currencies, type Terms } from "./terms";

interface Props {
  terms: Terms;
  onChange: (terms: Terms) => void;
  embargoes?: Schemas["Embargo"][];
  zone: string;
  /** Why the choice of who is liable does not fit, if so. */
  liableProblem?: string;
}

export function TermsForm({ terms, onChange, embargoes = [], zone, liableProblem }: Props) {
  const { t } = useTranslation("commitments");
  const change = (values: Partial<Terms>) => onChange({ ...terms, ...values });
  return (
    <Stack gap="lg">
      <Channels chosen={terms.channels} onChange={(value) => change({ channels: value })} />
      <EmbargoChoice terms={terms} embargoes={embargoes} zone={zone} onChange={change} />
      <Input.Wrapper label={t("money")} description={t("moneyHint")} labelElement="div">
        <Group mt={6} align="flex-start" gap="xs">
          <TextInput
            flex="1 1 160px"
            aria-label={t("amount")}
            placeholder="50000.00"
            inputMode="decimal"
            value={terms.amount ?? ""}
            error={amountFits(terms.amount) ? undefined : t("amountBad")}
            onChange={(event) => change({ amount: event.currentTarget.value.replace(/[\s,']/g, "") || null })}
          />
          <Select
            w={110}
            aria-label={t("currency")}
            data={[...new Set([terms.currency ?? "EUR", ...currencies])]}
            value={terms.currency ?? "EUR"}
            allowDeselect={false}
            searchable
            onChange={(value) => change({ currency: value ?? "EUR" })}
          />
        </Group>
      </Input.Wrapper>
      <Liable value={terms.liable} problem={liableProblem} onChange={(liable) => change({ liable })} />
      <Stack gap="sm">
        <Switch label={t("subSuppliers")} checked={terms.sub_suppliers_sign} onChange={(event) => change({ sub_suppliers_sign: event.currentTarget.checked })} />
        <Switch label={t("colleagues")} checked={terms.may_invite_colleagues ?? false} onChange={(event) => change({ may_invite_colleagues: event.currentTarget.checked })} />
      </Stack>
      <ZonedTimeInput
        label={t("signByAt")}
        description={t("signByHint")}
        at={terms.sign_by ?? null}
        zone=""
        fixedZone
        future
        onChange={(at) => change({ sign_by: at })}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Textarea label={t("breach")} description={t("breachHint")} autosize minRows={2} maxLength={4000} value={terms.breach_text ?? ""} onChange={(event) => change({ breach_text: event.currentTarget.value })} />
        <Textarea label={t("method")} description={t("methodHint")} autosize minRows={2} maxLength={4000} value={terms.signing_method ?? ""} onChange={(event) => change({ signing_method: event.currentTarget.value })} />
      </SimpleGrid>
    </Stack>
  );
}

function Channels({ chosen, onChange }: { chosen: Schemas["Channel"][]; onChange: (chosen: Schemas["Channel"][]) => void }) {
  const { t } = useTranslation("commitments");
  const { t: states } = useTranslation("states");
  return (
    <Checkbox.Group
      label={t("channels")}
      description={t("channelsHint")}
      value={chosen}
      onChange={(value) => onChange(channels.filter((channel) => value.includes(channel)))}
      error={chosen.length === 0 ? t("channelsNone") : undefined}
    >
      <SimpleGrid cols={{ base: 1, sm: 2 }} mt={8} spacing="xs">
        {channels.map((channel) => (
          <Checkbox.Card key={channel} value={channel} p="sm" radius="md">
            <Group wrap="nowrap" align="flex-start" gap="sm">
              <Checkbox.Indicator mt={2} />
              <div>
                <Text size="sm" fw={550}>
                  {states(`channel.${channel}`)}
                </Text>
                <Text size="xs" c="dimmed">
                  {states(`channelText.${channel}`)}
                </Text>
              </div>
            </Group>
          </Checkbox.Card>
        ))}
      </SimpleGrid>
    </Checkbox.Group>
  );
}

interface EmbargoProps {
  terms: Terms;
  embargoes: Schemas["Embargo"][];
  zone: string;
  onChange: (values: Partial<Terms>) => void;
}

function EmbargoChoice({ terms, embargoes, zone, onChange }: EmbargoProps) {
  const { t } = useTranslation("commitments");
  const { t: projects } = useTranslation("projects");
  const at = terms.embargo_at ?? null;
  const inZone = terms.embargo_zone || zone;
  const same = embargoes.find((embargo) => at !== null && new Date(embargo.at).getTime() === new Date(at).getTime());
  return (
    <Stack gap="xs">
      {embargoes.length > 0 && (
        <Select
          label={t("embargoFrom")}
          allowDeselect={false}
          data={[
            ...embargoes.map(({ id, label, at: instant, zone: its }) => ({ value: id, label: `${label} – ${dateTime(instant, its)} ${its}` })),
            { value: "", label: at === null ? t("embargoNone") : t("embargoOwn") },
          ]}
          value={same?.id ?? ""}
          onChange={(value) => {
            const chosen = embargoes.find(({ id }) => id === value);
            onChange(chosen ? { embargo_at: chosen.at, embargo_zone: chosen.zone } : { embargo_at: null });
          }}
        />
      )}
      <ZonedTimeInput
        label={t("embargoAt")}
        description={at === null ? t("embargoNone") : undefined}
        future
        quiet
        at={at}
        zone={inZone}
        onChange={(value, valueZone) => onChange({ embargo_at: value, embargo_zone: valueZone })}
      />
      {at !== null && (
        <Card padding="sm">
          <SimpleGrid cols={{ base: 2, sm: 4 }} className="figures">
            <Instant label="UTC" value={dateTime(at, "UTC")} />
            <Instant label={inZone} value={dateTime(at, inZone)} />
            {inZone !== ownZone && <Instant label={`${t("embargoHere")} (${ownZone})`} value={dateTime(at)} />}
            <Instant label={projects("in")} value={<Countdown at={at} lifted={projects("lifted")} />} />
          </SimpleGrid>
        </Card>
      )}
    </Stack>
  );
}

function Instant({ label, value }: { label: string; value: React.ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text size="sm" fw={550}>
        {value}
      </Text>
    </div>
  );
}

function Liable({ value, problem, onChange }: { value: Terms["liable"]; problem?: string; onChange: (value: Terms["liable"]) => void }) {
  const { t } = useTranslation("commitments");
  const { t: states } = useTranslation("states");
  return (
    <Radio.Group label={t("liable")} description={t("liableHint")} error={problem} value={value} onChange={(chosen) => onChange(chosen as Terms["liable"])}>
      <Group mt={8} mb={problem ? 8 : 0}>
        {(["person", "organisation", "both"] as const).map((choice) => (
          <Radio key={choice} value={choice} label={states(`liable.${choice}`)} />
        ))}
      </Group>
    </Radio.Group>
  );
}
