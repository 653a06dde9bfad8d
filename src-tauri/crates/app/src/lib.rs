//! Use cases and the view-ready answers that the window and the command line show.
