"""Addresses for those who can not sign in yet, beside the admin's own. Their names are those that Django looks for."""

from django.urls import path

from articles.admin import passwords

urlpatterns = [
    path("password_reset/", passwords.Forgotten.as_view(), name="admin_password_reset"),
    path("password_reset/sent/", passwords.Sent.as_view(), name="password_reset_done"),
    path("password_reset/<uidb64>/<token>/", passwords.Choose.as_view(), name="password_reset_confirm"),
    path("password_reset/done/", passwords.Chosen.as_view(), name="password_reset_complete"),
]
