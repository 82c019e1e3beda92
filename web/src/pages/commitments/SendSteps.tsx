// The first steps of sending: which text, whom, on what terms.
import { Anchor, Badge, Button, Card, Group, MultiSelect, Radio, SimpleGrid, Skeleton, Stack, Text, Title, UnstyledButton } from "@mantine/core";
import { IconFileCertificate, IconPlus, IconUsersGroup } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { api, body, type Schemas } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { ListTable } from "@/parts/ListTable";
import { useListState } from "@/parts/useListState";
import "@/texts/templates";
import { KindFilter, usePartyColumns } from "../parties/PartiesPage";
import { PartyForm } from "../parties/PartyForm";
import type { Project } from "../projects/ProjectLayout";
import { PartySelect } from "./PartySelect";
import type { Draft } from "./SendPage";
import classes from "./send.module.css";
import { TermsForm } from "./TermsForm";
import { alone } from "./terms";

type Template = Schemas["Template"];
type Party = Schemas["Party"];

interface TemplateProps {
  templates: Template[] | undefined;
  chosen: Template | null;
  onChoose: (template: Template) => void;
}

export function TemplateStep({ templates, chosen, onChoose }: TemplateProps) {
  const { t } = useTranslation("commitments");
  if (templates?.length === 0) {
    return (
      <Card>
        <EmptyState icon={IconFileCertificate} title={t("noTemplates")}>
          <Button component={Link} to="/templates/new">
            {t("newTemplate")}
          </Button>
        </EmptyState>
      </Card>
    );
  }
  return (
    <Stack>
      <Text c="dimmed" size="sm">
        {t("templateText")}
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
        {!templates && Array.from({ length: 3 }, (_, index) => <Skeleton key={index} height={130} />)}
        {templates?.map((template) => (
          <UnstyledButton key={template.id} onClick={() => onChoose(template)} className={classes.choice} aria-pressed={chosen?.id === template.id}>
            <Stack gap={6} h="100%">
              <Group gap="xs">
                <Badge color="gray">{template.locale === "zh" ? "中文" : "English"}</Badge>
                {template.built_in && <Badge color="ink">{t("builtIn")}</Badge>}
              </Group>
              <Text fw={600}>{template.name}</Text>
              <Text size="sm" c="dimmed" lineClamp={2}>
                {template.text.title}
              </Text>
              <Text size="xs" c="dimmed" mt="auto">
                {t("version", { version: template.version })} · {t("used", { count: template.used ?? 0 })}
              </Text>
            </Stack>
          </UnstyledButton>
        ))}
      </SimpleGrid>
      <Anchor component={Link} to="/templates" size="sm">
        {t("newTemplate")}
      </Anchor>
    </Stack>
  );
}

/** As many as the API gives at once; the choice of "all" goes this far. */
const most = 500;

export function PartiesStep({ chosen, onChange }: { chosen: Map<string, Party>; onChange: (chosen: Map<string, Party>) => void }) {
  const { t } = useTranslation("commitments");
  const { t: people } = useTranslation("parties");
  const list = useListState({ sort: "name", filters: ["kind"] });
  const kind = list.filter("kind") || "";
  const [choosing, setChoosing] = useState(false);
  const [adding, setAdding] = useState(false);
  const query = { ...list.query, ...(kind ? { kind } : {}) };
  const parties = useQuery({
    queryKey: ["parties", "send", query],
    queryFn: ({ signal }) => body(api.GET("/parties", { signal, params: { query } })),
    placeholderData: keepPreviousData,
  });
  const known = new Map([...chosen, ...(parties.data?.items ?? []).map((party) => [party.id, party] as const)]);
  const chooseAll = async () => {
    setChoosing(true);
    try {
      const next = new Map(chosen);
      for (let offset = 0; ; offset += most) {
        const page = await body(api.GET("/parties", { params: { query: { ...query, offset, limit: most } } }));
        for (const party of page.items) next.set(party.id, party);
        if (offset + most >= page.total) break;
      }
      onChange(next);
    } finally {
      setChoosing(false);
    }
  };
  const columns = usePartyColumns().filter(({ key }) => key !== "tier" && key !== "trained");
  return (
    <Stack>
      <Group justify="space-between">
        <Text c="dimmed" size="sm">
          {t("partiesText")}
        </Text>
        <Group gap="xs">
          <Text size="sm" fw={550} role="status">
            {t("chosen", { count: chosen.size })}
          </Text>
          {parties.data && parties.data.total > 0 && (
            <Button size="compact-sm" variant="default" loading={choosing} onClick={() => void chooseAll()}>
              {t("chooseAll", { count: parties.data.total })}
            </Button>
          )}
          {chosen.size > 0 && (
            <Button size="compact-sm" variant="subtle" onClick={() => onChange(new Map())}>
              {t("clearChoice")}
            </Button>
          )}
          <Button size="compact-sm" variant="light" leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>
            {people("add")}
          </Button>
        </Group>
      </Group>
      <ListTable
        label={t("parties")}
        list={list}
        query={parties}
        columns={columns}
        rowId={({ id }) => id}
        nameOf={({ name }) => name}
        selection={{
          ids: new Set(chosen.keys()),
          change: (ids) => onChange(new Map([...ids].flatMap((id) => (known.has(id) ? [[id, known.get(id) as Party] as const] : [])))),
        }}
        onOpen={(party) => {
          const next = new Map(chosen);
          if (!next.delete(party.id)) next.set(party.id, party);
          onChange(next);
        }}
        filters={<KindFilter value={kind} onChange={(value) => list.setFilter("kind", value)} />}
        empty={
          <EmptyState icon={IconUsersGroup} title={t("noParties")} text={t("noPartiesText")}>
            <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
              {people("add")}
            </Button>
            <Button variant="default" component={Link} to="/parties">
              {t("parties")}
            </Button>
          </EmptyState>
        }
      />
      {/* Whoever is added here is meant. */}
      <PartyForm opened={adding} onClose={() => setAdding(false)} onSaved={(party) => onChange(new Map(chosen).set(party.id, party))} />
    </Stack>
  );
}

interface TermsProps {
  draft: Draft;
  project: Project;
  zone: string;
  onChange: (values: Partial<Draft>) => void;
}

export function TermsStep({ draft, project, zone, onChange }: TermsProps) {
  const { t, i18n } = useTranslation("commitments");
  const lonely = alone(draft.parties.values());
  const names = (parties: Party[]) => new Intl.ListFormat(i18n.language).format(parties.slice(0, 5).map(({ name }) => name)) + (parties.length > 5 ? " …" : "");
  const assets = useQuery({
    queryKey: ["assets", project.id, "all"],
    queryFn: ({ signal }) => body(api.GET("/projects/{project}/assets", { signal, params: { path: { project: project.id }, query: { limit: 500 } } })),
  });
  return (
    <Card>
      <Stack gap="lg">
        <div>
          <Title order={2} size="h3">
            {t("terms")}
          </Title>
          <Text size="sm" c="dimmed">
            {t("termsText")}
          </Text>
        </div>
        <TermsForm
          terms={draft.terms}
          onChange={(terms) => onChange({ terms })}
          embargoes={project.embargoes}
          zone={zone}
          liableProblem={draft.terms.liable !== "person" && lonely.length > 0 ? t("liableAlone", { names: names(lonely) }) : undefined}
        />
        <Radio.Group label={t("assets")} value={draft.assets === null ? "all" : "some"} onChange={(value) => onChange({ assets: value === "all" ? null : [] })}>
          <Stack gap="xs" mt={8}>
            <Radio value="all" label={t("assetsAll")} />
            <Radio value="some" label={t("assetsSome")} />
          </Stack>
        </Radio.Group>
        {draft.assets !== null && (
          <MultiSelect
            aria-label={t("assetsPick")}
            placeholder={t("assetsPick")}
            data={(assets.data?.items ?? []).map(({ id, title }) => ({ value: id, label: title }))}
            value={draft.assets}
            onChange={(value) => onChange({ assets: value })}
            searchable
            hidePickedOptions
          />
        )}
        {draft.terms.liable !== "person" && (
          <PartySelect
            label={t("companySignatory")}
            description={t("companySignatoryHint")}
            value={draft.company_signatory}
            only={({ kind, may_bind }) => kind === "person" && may_bind === true}
            onChange={(party) => onChange({ company_signatory: party })}
          />
        )}
      </Stack>
    </Card>
  );
}

