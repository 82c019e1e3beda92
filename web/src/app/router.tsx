// Addresses of all pages. The recipient's pages and the staff's load apart.
import { createBrowserRouter } from "react-router-dom";
import { Home } from "./Home";
import { NotFound } from "./NotFound";
import { RouteError } from "./RouteError";

export const router = createBrowserRouter(
  [
    {
      errorElement: <RouteError />,
      // Until the first page's part of the program is there.
      HydrateFallback: () => null,
      children: [
        { path: "/r/*", lazy: async () => ({ Component: (await import("@/portal/PortalApp")).default }) },
        { path: "/sign-in", lazy: () => import("@/pages/session/SignInPage") },
        { path: "/setup", lazy: () => import("@/pages/session/SetupPage") },
        { path: "/answer", lazy: () => import("@/answer/AnswerApp") },
        { path: "/statements", lazy: () => import("@/public/StatementsPage") },
        { path: "/statements/:statement", lazy: () => import("@/public/StatementPage") },
        { path: "/welcome", lazy: () => import("@/pages/session/WelcomePage") },
        {
          lazy: () => import("./StaffShell"),
          children: [
            { path: "/", Component: Home },
            { path: "/projects", lazy: () => import("@/pages/projects/ProjectsPage") },
            {
              path: "/projects/:project",
              lazy: () => import("@/pages/projects/ProjectLayout"),
              children: [
                { index: true, lazy: () => import("@/pages/projects/OverviewTab") },
                { path: "commitments", lazy: () => import("@/pages/commitments/CommitmentsTab") },
                { path: "parties", lazy: () => import("@/pages/projects/PartiesTab") },
                { path: "deliveries", lazy: () => import("@/pages/deliveries/DeliveriesTab") },
                { path: "slips", lazy: () => import("@/pages/deliveries/SlipsTab") },
                { path: "activity", lazy: () => import("@/pages/deliveries/ActivityTab") },
                { path: "shoots", lazy: () => import("@/pages/shoots/ShootsTab") },
                { path: "assets", lazy: () => import("@/pages/assets/AssetsTab") },
              ],
            },
            { path: "/projects/:project/commitments/new", lazy: () => import("@/pages/commitments/SendPage") },
            { path: "/commitments/:commitment", lazy: () => import("@/pages/commitments/CommitmentPage") },
            { path: "/dashboard", lazy: () => import("@/pages/dashboard/DashboardPage") },
            { path: "/cases", lazy: () => import("@/pages/cases/CasesPage") },
            { path: "/cases/:case/print", lazy: () => import("@/pages/cases/PrintPage") },
            {
              path: "/cases/:case",
              lazy: () => import("@/pages/cases/CaseLayout"),
              children: [
                { index: true, lazy: () => import("@/pages/cases/SummaryTab") },
                { path: "parties", lazy: () => import("@/pages/cases/PartiesTab") },
                { path: "evidence", lazy: () => import("@/pages/cases/EvidenceTab") },
                { path: "timeline", lazy: () => import("@/pages/cases/TimelineTab") },
                { path: "tasks", lazy: () => import("@/pages/cases/TasksTab") },
                { path: "graph", lazy: () => import("@/pages/cases/GraphTab") },
                { path: "decision", lazy: () => import("@/pages/cases/DecisionTab") },
                { path: "consequences", lazy: () => import("@/pages/cases/ConsequencesTab") },
                { path: "rectification", lazy: () => import("@/pages/cases/RectificationTab") },
                { path: "appeal", lazy: () => import("@/pages/cases/AppealTab") },
                { path: "notes", lazy: () => import("@/pages/cases/NotesTab") },
              ],
            },
            { path: "/rectifications/:rectification", lazy: () => import("@/pages/cases/RectificationPage") },
            { path: "/publishing", lazy: () => import("@/pages/statements/StatementsPage") },
            { path: "/publishing/new", lazy: () => import("@/pages/statements/NewStatementPage") },
            { path: "/publishing/:statement", lazy: () => import("@/pages/statements/StatementPage") },
            {
              path: "/shoots/:shoot",
              lazy: () => import("@/pages/shoots/ShootLayout"),
              children: [
                { index: true, lazy: () => import("@/pages/shoots/FramesTab") },
                { path: "attendees", lazy: () => import("@/pages/shoots/AttendeesTab") },
              ],
            },
            { path: "/log", lazy: () => import("@/pages/log/LogPage") },
            { path: "/releases", lazy: () => import("@/pages/releases/ReleasesPage") },
            { path: "/leaks", lazy: () => import("@/pages/leaks/LeaksPage") },
            { path: "/leaks/new", lazy: () => import("@/pages/leaks/NewLeakPage") },
            {
              path: "/leaks/:leak",
              lazy: () => import("@/pages/leaks/LeakLayout"),
              children: [
                { index: true, lazy: () => import("@/pages/leaks/IntakeTab") },
                { path: "result", lazy: () => import("@/pages/leaks/ResultTab") },
                { path: "footage", lazy: () => import("@/pages/leaks/FootageTab") },
                { path: "custody", lazy: () => import("@/pages/leaks/CustodyTab") },
              ],
            },
            {
              path: "/screening",
              lazy: () => import("@/pages/screening/ScreeningLayout"),
              children: [
                { index: true, lazy: () => import("@/pages/screening/AskTab") },
                { path: "questions", lazy: () => import("@/pages/screening/QuestionsTab") },
                { path: "hits", lazy: () => import("@/pages/screening/HitsTab") },
                { path: "companies", lazy: () => import("@/pages/screening/CompaniesTab") },
                { path: "batches", lazy: () => import("@/pages/screening/BatchesTab") },
                { path: "watches", lazy: () => import("@/pages/screening/WatchesTab") },
              ],
            },
            { path: "/screening/questions/:query", lazy: () => import("@/pages/screening/QuestionPage") },
            { path: "/screening/hits/:hit", lazy: () => import("@/pages/screening/HitPage") },
            { path: "/screening/companies/:company", lazy: () => import("@/pages/screening/CompanyPage") },
            { path: "/screening/batches/:batch", lazy: () => import("@/pages/screening/BatchPage") },
            { path: "/parties", lazy: () => import("@/pages/parties/PartiesPage") },
            { path: "/parties/:party", lazy: () => import("@/pages/parties/PartyPage") },
            { path: "/templates", lazy: () => import("@/pages/templates/TemplatesPage") },
            { path: "/templates/:template", lazy: () => import("@/pages/templates/TemplatePage") },
            { path: "/outbox", lazy: () => import("@/pages/outbox/OutboxPage") },
            { path: "/jobs", lazy: () => import("@/pages/outbox/JobsPage") },
            { path: "/accounts", lazy: () => import("@/pages/admin/AccountsPage") },
            { path: "/api-keys", lazy: () => import("@/pages/admin/ApiKeysPage") },
            { path: "/webhooks", lazy: () => import("@/pages/admin/WebhooksPage") },
            { path: "/settings", lazy: () => import("@/pages/admin/SettingsPage") },
            { path: "/audit", lazy: () => import("@/pages/admin/AuditPage") },
            { path: "/account", lazy: () => import("@/pages/account/AccountPage") },
            { path: "*", Component: NotFound },
          ],
        },
      ],
    },
  ],
  { future: { v7_relativeSplatPath: true, v7_fetcherPersist: true, v7_normalizeFormMethod: true, v7_partialHydration: true } },
);
