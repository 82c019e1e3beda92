// The clauses: order, heading, text with placeholders, which are ticked one by one.
import { ActionIcon, Button, Card, Group, Menu, ScrollArea, Stack, Switch, Text, Textarea, TextInput, Tooltip } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconBraces, IconPlus, IconTrash } from "@tabler/icons-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { freshId, moved, placeholders, type Section } from "./draft";

export function SectionsEditor({ sections, onChange }: { sections: Section[]; onChange: (sections: Section[]) => void }) {
  const { t } = useTranslation("templates");
  const change = (index: number, values: Partial<Section>) =>
    onChange(sections.map((section, at) => (at === index ? { ...section, ...values } : section)));
  return (
    <Stack>
      {sections.map((section, index) => (
        <SectionCard
          key={section.id}
          section={section}
          number={index + 1}
          last={index === sections.length - 1}
          only={sections.length === 1}
          onChange={(values) => change(index, values)}
          onMove={(by) => onChange(moved(sections, index, index + by))}
          onRemove={() => onChange(sections.filter((_, at) => at !== index))}
        />
      ))}
      <Button
        variant="default"
        leftSection={<IconPlus size={16} />}
        style={{ alignSelf: "flex-start" }}
        onClick={() => onChange([...sections, { id: freshId("clause-", sections), heading: "", text: "", must_tick: false }])}
      >
        {t("addSection")}
      </Button>
    </Stack>
  );
}

interface CardProps {
  section: Section;
  number: number;
  last: boolean;
  only: boolean;
  onChange: (values: Partial<Section>) => void;
  onMove: (by: number) => void;
  onRemove: () => void;
}

function SectionCard({ section, number, last, only, onChange, onMove, onRemove }: CardProps) {
  const { t } = useTranslation("templates");
  const field = useRef<HTMLTextAreaElement>(null);
  const insert = (name: string) => {
    const at = field.current?.selectionStart ?? section.text.length;
    const end = field.current?.selectionEnd ?? at;
    const placed = `{{${name}}}`;
    onChange({ text: section.text.slice(0, at) + placed + section.text.slice(end) });
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(at + placed.length, at + placed.length);
    });
  };
  const label = t("section", { number });
  return (
    <Card component="section" aria-label={label} padding="md">
      <Group justify="space-between" mb="xs" wrap="nowrap">
        <Text size="sm" fw={550} c="dimmed">
          {label}
        </Text>
        <Group gap={2} wrap="nowrap">
          <Tools label={t("up")} disabled={number === 1} onClick={() => onMove(-1)} icon={<IconArrowUp size={16} />} />
          <Tools label={t("down")} disabled={last} onClick={() => onMove(1)} icon={<IconArrowDown size={16} />} />
          <Tools label={t("removeSection")} disabled={only} onClick={onRemove} icon={<IconTrash size={16} />} />
        </Group>
      </Group>
      <Stack gap="sm">
        <TextInput label={t("heading")} maxLength={200} value={section.heading} onChange={(event) => onChange({ heading: event.currentTarget.value })} />
        <Textarea
          ref={field}
          label={t("sectionText")}
          description={t("sectionHint")}
          autosize
          minRows={3}
          maxLength={20000}
          value={section.text}
          onChange={(event) => onChange({ text: event.currentTarget.value })}
        />
        <Group justify="space-between">
          <Switch label={t("mustTick")} checked={section.must_tick} onChange={(event) => onChange({ must_tick: event.currentTarget.checked })} />
          <PlaceholderMenu onInsert={insert} />
        </Group>
      </Stack>
    </Card>
  );
}

function PlaceholderMenu({ onInsert }: { onInsert: (name: string) => void }) {
  const { t } = useTranslation("templates");
  return (
    <Menu width={280} position="bottom-end">
      <Menu.Target>
        <Button size="compact-sm" variant="subtle" leftSection={<IconBraces size={14} />}>
          {t("insertPlaceholder")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("placeholdersText")}</Menu.Label>
        <ScrollArea.Autosize mah={280}>
          {placeholders.map((name) => (
            <Menu.Item key={name} onClick={() => onInsert(name)}>
              <Text size="sm">{t(`place.${name}`)}</Text>
              <Text size="xs" c="dimmed" ff="monospace">
                {`{{${name}}}`}
              </Text>
            </Menu.Item>
          ))}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  );
}

export function Tools({ label, disabled, onClick, icon }: { label: string; disabled?: boolean; onClick: () => void; icon: React.ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} disabled={disabled} onClick={onClick}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
