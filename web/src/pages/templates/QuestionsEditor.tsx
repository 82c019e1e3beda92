// The questions that show whether the promise was understood.
import { Button, Card, Group, Radio, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { freshId, type Question } from "./draft";
import { Tools } from "./SectionsEditor";

export function QuestionsEditor({ questions, onChange }: { questions: Question[]; onChange: (questions: Question[]) => void }) {
  const { t } = useTranslation("templates");
  const add = () =>
    onChange([
      ...questions,
      { id: freshId("q", questions), text: "", choices: [{ id: "a1", text: "" }, { id: "a2", text: "" }], right: "a2", why: "" },
    ]);
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t("questionsText")}
      </Text>
      {questions.map((question, index) => (
        <QuestionCard
          key={question.id}
          question={question}
          number={index + 1}
          onChange={(values) => onChange(questions.map((other, at) => (at === index ? { ...other, ...values } : other)))}
          onRemove={() => onChange(questions.filter((_, at) => at !== index))}
        />
      ))}
      {questions.length < 10 && (
        <Button variant="default" leftSection={<IconPlus size={16} />} style={{ alignSelf: "flex-start" }} onClick={add}>
          {t("addQuestion")}
        </Button>
      )}
    </Stack>
  );
}

interface CardProps {
  question: Question;
  number: number;
  onChange: (values: Partial<Question>) => void;
  onRemove: () => void;
}

function QuestionCard({ question, number, onChange, onRemove }: CardProps) {
  const { t } = useTranslation("templates");
  const label = t("question", { number });
  const { choices } = question;
  return (
    <Card component="section" aria-label={label} padding="md">
      <Group justify="space-between" mb="xs">
        <Text size="sm" fw={550} c="dimmed">
          {label}
        </Text>
        <Tools label={t("removeQuestion")} onClick={onRemove} icon={<IconTrash size={16} />} />
      </Group>
      <Stack gap="sm">
        <Textarea label={t("questionText")} autosize minRows={1} maxLength={500} value={question.text} onChange={(event) => onChange({ text: event.currentTarget.value })} />
        <Radio.Group aria-label={t("right")} value={question.right ?? ""} onChange={(right) => onChange({ right })}>
          <Stack gap="xs">
            {choices.map((choice, index) => (
              <Group key={choice.id} gap="xs" wrap="nowrap">
                <Radio value={choice.id} aria-label={`${t("choice", { number: index + 1 })}: ${t("right")}`} title={t("right")} />
                <TextInput
                  flex={1}
                  aria-label={t("choice", { number: index + 1 })}
                  placeholder={t("choice", { number: index + 1 })}
                  maxLength={300}
                  value={choice.text}
                  onChange={(event) => {
                    const text = event.currentTarget.value;
                    onChange({ choices: choices.map((other, at) => (at === index ? { ...other, text } : other)) });
                  }}
                />
                <Tools
                  label={t("removeChoice")}
                  disabled={choices.length <= 2}
                  onClick={() => {
                    const left = choices.filter((_, at) => at !== index);
                    onChange({ choices: left, right: left.some(({ id }) => id === question.right) ? question.right : left[0]?.id });
                  }}
                  icon={<IconTrash size={16} />}
                />
              </Group>
            ))}
          </Stack>
        </Radio.Group>
        {choices.length < 5 && (
          <Button size="compact-sm" variant="subtle" style={{ alignSelf: "flex-start" }} leftSection={<IconPlus size={14} />} onClick={() => onChange({ choices: [...choices, { id: freshId("a", choices), text: "" }] })}>
            {t("addChoice")}
          </Button>
        )}
        <Textarea label={t("why")} description={t("whyHint")} autosize minRows={1} maxLength={1000} value={question.why ?? ""} onChange={(event) => onChange({ why: event.currentTarget.value })} />
      </Stack>
    </Card>
  );
}
