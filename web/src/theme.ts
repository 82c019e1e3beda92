// Colours, type and spacing of all pages.
import { Anchor, Badge, Button, Card, createTheme, Drawer, Modal, Paper, Table, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

const ink: MantineColorsTuple = [
  "#eaf6f7", "#d8eaed", "#b0d4da", "#84bdc6", "#61aab6", "#4b9eab", "#2c7f8d", "#1f6875", "#17505c", "#0c3a44",
];

export const theme = createTheme({
  // Whoever asks their system for less motion gets dialogs and menus at once.
  respectReducedMotion: true,
  primaryColor: "ink",
  primaryShade: { light: 7, dark: 6 },
  colors: { ink },
  black: "#14191b",
  defaultRadius: "md",
  fontFamily:
    '"Inter Variable", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace',
  headings: { fontWeight: "600", sizes: { h1: { fontSize: "1.5rem" }, h2: { fontSize: "1.2rem" }, h3: { fontSize: "1rem" } } },
  cursorType: "pointer",
  components: {
    Anchor: Anchor.extend({ defaultProps: { underline: "hover" } }),
    Badge: Badge.extend({ defaultProps: { variant: "light", radius: "sm" }, styles: { root: { textTransform: "none", fontWeight: 550 } } }),
    Button: Button.extend({ styles: { label: { fontWeight: 550 } } }),
    Card: Card.extend({ defaultProps: { withBorder: true, padding: "lg" } }),
    Paper: Paper.extend({ defaultProps: { withBorder: true } }),
    Drawer: Drawer.extend({ styles: { title: { fontWeight: 600 } } }),
    Modal: Modal.extend({ defaultProps: { centered: true }, styles: { title: { fontWeight: 600 } } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: "sm", horizontalSpacing: "md", highlightOnHover: true } }),
  },
});

// Mantine's own shades stay below the contrast that WCAG asks of text (4.5): darker ones on light ground, and fills that
// carry white letters in both appearances.
const onLight: Record<string, string> = {
  red: "#b3201f", orange: "#9a3a06", yellow: "#7d4a00", green: "#1d6a2e", teal: "#07664a", blue: "#1557a0", cyan: "#0b6372", grape: "#862e9c",
  violet: "#5f3dc4", indigo: "#364fc7", gray: "#495057", ink: "#17505c",
};
const fill: Record<string, string> = { red: "#c92a2a", orange: "#b8440c", yellow: "#8f5600", green: "#23773a", teal: "#0b7a5c", blue: "#1864ab", gray: "#5c636a" };

function vary(shades: Record<string, string>, suffix: string): Record<string, string> {
  return Object.fromEntries(Object.entries(shades).map(([colour, shade]) => [`--mantine-color-${colour}-${suffix}`, shade]));
}

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "#59616a",
    "--mantine-color-placeholder": "#6a7179",
    "--mantine-color-error": "#c92a2a",
    ...vary(onLight, "light-color"),
    ...vary(onLight, "outline"),
    ...vary(fill, "filled"),
    ...vary(fill, "filled-hover"),
  },
  dark: {
    "--mantine-color-text": "#e4e7ea",
    "--mantine-color-dimmed": "#a8adb3",
    "--mantine-color-placeholder": "#9aa0a6",
    "--mantine-color-error": "#ff8787",
    ...vary(fill, "filled"),
    ...vary(fill, "filled-hover"),
  },
});
